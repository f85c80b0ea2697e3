// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.core.configuration.metatype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.eclipse.kura.configuration.metatype.Scalar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TadTest {

  @Test
  void isRequiredAndSingleUnlessSaidOtherwise() {
    Tad ad = new Tad();
    assertThat(ad.isRequired()).isTrue();
    assertThat(ad.getCardinality()).isZero();
    assertThat(ad.getOption()).isEmpty();
    ad.setRequired(false);
    ad.setCardinality(3);
    assertThat(ad.isRequired()).isFalse();
    assertThat(ad.getCardinality()).isEqualTo(3);
  }

  @Test
  void keepsOptionsInOrder() {
    Tad ad = new Tad();
    for (String value : new String[] {"b", "a"}) {
      Toption option = new Toption();
      option.setLabel("label " + value);
      option.setValue(value);
      ad.setOption(option);
    }
    assertThat(ad.getOption()).extracting("value").containsExactly("b", "a");
    assertThat(ad.getOption()).extracting("label").containsExactly("label b", "label a");
  }

  @Test
  void saysWhatWasNeverSet() {
    Tad ad = new Tad();
    assertThatExceptionOfType(NullPointerException.class)
        .isThrownBy(ad::getId)
        .withMessageContaining("id");
    assertThatExceptionOfType(NullPointerException.class)
        .isThrownBy(ad::getType)
        .withMessageContaining("type");
  }

  @ParameterizedTest
  @EnumSource(Tscalar.class)
  void typesAreNamedAsTheReadOnlyOnesAre(Tscalar type) {
    Tad ad = new Tad();
    ad.setType(type);
    assertThat(ad.getType().value()).isEqualTo(type.value());
    assertThat(Tscalar.fromValue(type.value())).isSameAs(type);
    assertThat(Tscalar.values()).hasSameSizeAs(Scalar.values());
  }

  @Test
  void refusesAnUnknownType() {
    assertThatIllegalArgumentException().isThrownBy(() -> Tscalar.fromValue("Int"));
    assertThat(Tscalar.fromValue("character")).isSameAs(Tscalar.CHAR);
  }
}
