// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TypedValuesTest {
  @Test
  void plainValuesComeBackWithTheirType() {
    assertBack(true, DataType.BOOLEAN);
    assertBack(new byte[] {1, 2}, DataType.BYTE_ARRAY);
    assertBack(-0.25d, DataType.DOUBLE);
    assertBack(1.5f, DataType.FLOAT);
    assertBack(Integer.MIN_VALUE, DataType.INTEGER);
    assertBack(Long.MAX_VALUE, DataType.LONG);
    assertBack("µ", DataType.STRING);
  }

  @Test
  void valuesOfOtherTypesAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> TypedValues.newTypedValue((short) 1));
    assertThatIllegalArgumentException().isThrownBy(() -> TypedValues.newTypedValue(new Date(0)));
  }

  @ParameterizedTest
  @CsvSource({
    "BOOLEAN, TRUE, true",
    "BOOLEAN, yes, false",
    "DOUBLE, 1e3, 1000.0",
    "FLOAT, 0.5, 0.5",
    "INTEGER, -7, -7",
    "LONG, 9223372036854775807, 9223372036854775807",
    "STRING, 'a b', 'a b'"
  })
  void textIsReadByType(DataType type, String text, String value) {
    TypedValue<?> read = TypedValues.parseTypedValue(type, text);
    assertThat(read.getType()).isEqualTo(type);
    assertThat(read.getValue()).hasToString(value);
  }

  @Test
  void bytesAreReadFromBase64() {
    assertThat(TypedValues.parseTypedValue(DataType.BYTE_ARRAY, "AQL/"))
        .isEqualTo(new ByteArrayValue(new byte[] {1, 2, -1}));
  }

  @ParameterizedTest
  @CsvSource({"BYTE_ARRAY, *", "DOUBLE, x", "FLOAT, x", "INTEGER, 1.0", "LONG, ''"})
  void textThatDoesNotFitIsRefused(DataType type, String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> TypedValues.parseTypedValue(type, text));
  }

  @Test
  void valuesAreEqualByTypeAndContent() {
    assertThat(new DoubleValue(Double.NaN))
        .isEqualTo(new DoubleValue(Double.NaN))
        .hasSameHashCodeAs(new DoubleValue(Double.NaN));
    assertThat(new DoubleValue(0.0)).isNotEqualTo(new DoubleValue(-0.0));
    assertThat(new FloatValue(Float.NaN)).isEqualTo(new FloatValue(Float.NaN));
    assertThat(new IntegerValue(1)).isEqualTo(new IntegerValue(1)).isNotEqualTo(new LongValue(1));
    assertThat(new LongValue(1)).isEqualTo(new LongValue(1)).isNotEqualTo(new LongValue(2));
    assertThat(new BooleanValue(true)).isNotEqualTo(new BooleanValue(false));
    assertThat(new StringValue("a"))
        .isEqualTo(new StringValue("a"))
        .hasSameHashCodeAs(new StringValue("a"));
    assertThat(new ByteArrayValue(new byte[] {1}))
        .isEqualTo(new ByteArrayValue(new byte[] {1}))
        .hasSameHashCodeAs(new ByteArrayValue(new byte[] {1}))
        .isNotEqualTo(new ByteArrayValue(new byte[] {2}));
  }

  @Test
  void valuesOfOneTypeAreOrdered() {
    assertThat(List.of(new LongValue(3), new LongValue(-4)).stream().sorted())
        .containsExactly(new LongValue(-4), new LongValue(3));
    assertThat(new BooleanValue(false).compareTo(new BooleanValue(true))).isNegative();
    assertThat(new IntegerValue(2).compareTo(new IntegerValue(2))).isZero();
    assertThat(new FloatValue(2).compareTo(new FloatValue(1))).isPositive();
    assertThat(new DoubleValue(1).compareTo(new DoubleValue(Double.NaN))).isNegative();
    assertThat(new StringValue("b").compareTo(new StringValue("a"))).isPositive();
    assertThat(new ByteArrayValue(new byte[] {-1}).compareTo(new ByteArrayValue(new byte[] {1, 1})))
        .isPositive();
  }

  @Test
  void nullTextIsTheEmptyText() {
    assertThat(TypedValues.newStringValue(null).getValue()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(DataType.class)
  void typesAreFoundInAnyCase(DataType type) {
    assertThat(DataType.getDataType(type.name().toLowerCase(java.util.Locale.ROOT)))
        .isEqualTo(type);
  }

  @Test
  void unknownTypesAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> DataType.getDataType("BYTE"));
  }

  private static void assertBack(Object plain, DataType type) {
    TypedValue<?> typed = TypedValues.newTypedValue(plain);
    assertThat(typed.getValue()).isEqualTo(plain);
    assertThat(typed.getType()).isEqualTo(type);
  }
}
