// SPDX-License-Identifier: EPL-2.0
package io.kete.kapua.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Date;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.kura.KuraInvalidMessageException;
import org.eclipse.kura.KuraInvalidMetricTypeException;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraPosition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The format, byte by byte; each line of hexadecimal is one field. */
class PayloadBytesTest {

  private final KuraPayloadDecoder decoder = new KuraPayloadDecoder();

  @Test
  void writesNothingForAnEmptyPayload() {
    assertThat(encode(new KuraPayload())).isEmpty();
    assertThat(decoder.parse(new byte[0]))
        .hasValueSatisfying(p -> assertThat(p.metrics()).isEmpty());
  }

  @Tag("KETE-PAY-1")
  @Test
  void writesTimestampAndBody() {
    KuraPayload payload = new KuraPayload();
    payload.setTimestamp(new Date(1700000000000L));
    payload.setBody(new byte[] {1, 2, (byte) 0xFF});

    assertThat(encode(payload))
        .isEqualTo(
            hex(
                "08 80D095FFBC31", // field 1 timestamp, varint 1700000000000
                "CAB802 03 0102FF" // field 5001 body, 3 bytes
                ));
  }

  static Stream<Arguments> metrics() {
    return Stream.of(
        Arguments.of(1.5, "1000 19 000000000000F83F"), // type DOUBLE, field 3, little endian
        Arguments.of(-2.5f, "1001 25 000020C0"), // type FLOAT, field 4
        Arguments.of(300L, "1002 28 AC02"), // type INT64, field 5
        Arguments.of(Long.MIN_VALUE, "1002 28 80808080808080808001"), // ten bytes
        Arguments.of(7, "1003 30 07"), // type INT32, field 6
        Arguments.of(
            -1, "1003 30 FFFFFFFFFFFFFFFFFF01"), // sign-extended to 64 bits, as proto2 wants it
        Arguments.of(true, "1004 38 01"), // type BOOL, field 7
        Arguments.of(false, "1004 38 00"),
        Arguments.of("é", "1005 42 02 C3A9"), // type STRING, field 8, two bytes of UTF-8
        Arguments.of("", "1005 42 00"),
        Arguments.of(new byte[] {9}, "1006 4A 01 09")); // type BYTES, field 9
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void writesAMetricOfEachType(Object value, String expected) {
    KuraPayload payload = new KuraPayload();
    payload.addMetric("m", value);
    byte[] content = hex("0A 01 6D", expected); // field 1 name, one byte, "m"; then type and value

    byte[] encoded = encode(payload);

    assertThat(encoded)
        .startsWith(hex("C2B802", String.format("%02X", content.length)))
        .endsWith(content)
        .hasSize(4 + content.length);
    assertThat(decoder.decode(encoded).getMetric("m")).isEqualTo(value);
  }

  @Test
  void writesAPosition() {
    KuraPosition position = new KuraPosition();
    position.setLatitude(1);
    position.setLongitude(-2);
    position.setSatellites(5);
    position.setTimestamp(new Date(3));
    KuraPayload payload = new KuraPayload();
    payload.setPosition(position);

    byte[] encoded = encode(payload);

    assertThat(encoded)
        .isEqualTo(
            hex(
                "12 16", // field 2 position, 22 bytes
                "09 000000000000F03F", // field 1 latitude 1.0
                "11 00000000000000C0", // field 2 longitude -2.0
                "38 03", // field 7 timestamp 3
                "40 05")); // field 8 satellites 5
    KuraPosition read = Objects.requireNonNull(decoder.decode(encoded).getPosition());
    assertThat(read.getLongitude()).isEqualTo(-2.0);
    assertThat(read.getSatellites()).isEqualTo(5);
    assertThat(read.getAltitude()).isNull();
  }

  @Test
  void movesContentToMakeRoomForALongLength() {
    for (int length : new int[] {100, 119, 120, 121, 127, 128, 129, 16_370, 16_384, 40_000}) {
      KuraPayload payload = new KuraPayload();
      payload.addMetric("name", "x".repeat(length));
      payload.addMetric("ünicode", "ü".repeat(length));

      KuraPayload read = decoder.parse(encode(payload)).orElseThrow();

      assertThat(read.metrics()).isEqualTo(payload.metrics());
    }
  }

  @Tag("KETE-PAY-5")
  @Test
  void leavesOutNullMetricsAndRefusesOtherTypes() {
    KuraPayload withNull = new KuraPayload();
    withNull.addMetric("nothing", null);
    assertThat(encode(withNull)).isEmpty();

    KuraPayload withDate = new KuraPayload();
    withDate.addMetric("when", new Date());
    assertThatThrownBy(() -> encode(withDate))
        .isInstanceOf(KuraInvalidMetricTypeException.class)
        .hasMessageContaining("when");

    KuraPayload halfAPosition = new KuraPayload();
    halfAPosition.setPosition(new KuraPosition());
    assertThatThrownBy(() -> encode(halfAPosition)).isInstanceOf(KuraInvalidMessageException.class);
  }

  @Test
  void encodesCorrectlyAgainAfterARefusal() {
    try (KuraPayloadEncoder encoder = new KuraPayloadEncoder()) {
      KuraPayload bad = new KuraPayload();
      bad.addMetric("good", 1);
      bad.addMetric("when", new Date());
      assertThatThrownBy(() -> encoder.encodeShortest(bad))
          .isInstanceOf(KuraInvalidMetricTypeException.class);

      KuraPayload good = new KuraPayload();
      good.addMetric("m", true);
      assertThat(encoder.encode(good)).isEqualTo(hex("C2B802 07 0A016D 1004 3801"));
    }
  }

  @Tag("KETE-PAY-4")
  @Test
  void passesOverFieldsOfOthers() {
    byte[] bytes =
        hex(
            "18 05", // field 3, varint
            "F1B702 0102030405060708", // field 4990, 8 bytes
            "22 02 AABB", // field 4, length 2
            "2D 01020304", // field 5, 4 bytes
            "08 07"); // field 1 timestamp 7
    assertThat(decoder.parse(bytes).orElseThrow().getTimestamp()).isEqualTo(new Date(7));
  }

  private static byte[] encode(KuraPayload payload) {
    try (KuraPayloadEncoder encoder = new KuraPayloadEncoder()) {
      return encoder.encode(payload);
    }
  }

  private static byte[] hex(String... lines) {
    return HexFormat.of().parseHex(String.join("", Arrays.asList(lines)).replace(" ", ""));
  }
}
