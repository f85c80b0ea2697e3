// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.configuration.metatype.Scalar;
import org.junit.jupiter.api.Test;

final class MetatypeReaderTest {
  private static final String FILE =
      """
      <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.2.0">
        <OCD id="p" name="Pump" description="d">
          <AD id="period" type="Integer" default="100" min="1" max="1000" name="Period"/>
          <AD id="mode" type="String" required="false" default="slow"><Option label="S" value="slow"/></AD>
          <AD id="hosts" type="String" cardinality="2147483647" default="a,b\\,c"/>
          <AD id="letter" type="Character"/>
          <Icon resource="i.png" size="32"/>
        </OCD>
        <Designate pid="p"><Object ocdref="p"/></Designate>
      </metatype:MetaData>
      """;

  private static Optional<Metatype> read(String pid, String file) throws DocumentException {
    return MetatypeReader.read("b", pid, file.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsWhatABundleDefines() throws Exception {
    Metatype metatype = read("p", FILE).orElseThrow();

    assertThat(metatype.factory()).isFalse();
    assertThat(metatype.definition().getName()).isEqualTo("Pump");
    assertThat(metatype.definition().getIcon()).hasSize(1);
    assertThat(metatype.attribute("letter").orElseThrow().type()).isEqualTo(Scalar.CHAR);
    assertThat(metatype.attribute("mode").orElseThrow().isRequired()).isFalse();
    assertThat(metatype.attribute("mode").orElseThrow().getOption()).hasSize(1);
    Map<String, Object> defaults = Definitions.defaults(metatype);
    assertThat(defaults).containsOnlyKeys("period", "mode", "hosts").containsEntry("period", 100);
    assertThat((String[]) defaults.get("hosts")).containsExactly("a", "b,c");
  }

  @Test
  void seesFactories() throws Exception {
    String factory = FILE.replace("Designate pid=\"p\"", "Designate pid=\"p\" factoryPid=\"p\"");

    assertThat(read("p", factory).orElseThrow().factory()).isTrue();
  }

  @Test
  void ignoresFilesThatAreNotNamedAsTheirPid() throws Exception {
    assertThat(read("other", FILE)).isEmpty();
  }

  @Test
  void namesTheLineOfAnUnknownType() {
    assertThatThrownBy(() -> read("p", FILE.replace("Character", "Money")))
        .hasMessageContaining("b:6: type Money is unknown");
  }

  @Test
  void splitsDefaultsAtCommas() {
    assertThat(ValueText.split("a, b ,,c\\,d\\\\")).isEqualTo(List.of("a", "b", "", "c,d\\"));
  }

  /** bnd writes the default {@code a,b\d c} so. */
  @Test
  void takesTheEscapesOutOfASingleDefault() throws Exception {
    String file = FILE.replace("default=\"slow\"", "default=\"a\\,b\\\\d\\ c\\w\"");

    assertThat(Definitions.defaults(read("p", file).orElseThrow()))
        .containsEntry("mode", "a,b\\d c\\w");
  }
}
