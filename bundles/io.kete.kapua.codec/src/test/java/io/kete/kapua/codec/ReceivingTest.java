// SPDX-License-Identifier: EPL-2.0
package io.kete.kapua.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.eclipse.kura.message.KuraPayload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceivingTest {

  private final KuraPayloadDecoder decoder = new KuraPayloadDecoder();

  @Test
  void sendsGzipOnlyWhenItIsShorter() throws IOException {
    KuraPayload small = new KuraPayload();
    small.addMetric("m", 1.25);
    KuraPayload large = new KuraPayload();
    for (int i = 0; i < 50; i++) {
      large.addMetric("channel-" + i, 0.0);
    }
    try (KuraPayloadEncoder encoder = new KuraPayloadEncoder()) {
      assertThat(encoder.encodeShortest(small)).isEqualTo(encoder.encode(small));
      byte[] packed = encoder.encodeShortest(large);
      assertThat(packed).hasSizeLessThan(encoder.encode(large).length);
      try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
        assertThat(in.readAllBytes()).isEqualTo(encoder.encode(large));
      }
      assertThat(encoder.encodeShortest(large)).isEqualTo(packed);
      assertThat(decoder.decode(packed).metrics()).isEqualTo(large.metrics());
    }
  }

  @Test
  void neverSendsMoreThanThePlainForm() {
    try (KuraPayloadEncoder encoder = new KuraPayloadEncoder()) {
      for (int length = 0; length < 300; length++) {
        KuraPayload payload = new KuraPayload();
        payload.setBody(new byte[length]);
        int plain = encoder.encode(payload).length;
        byte[] sent = encoder.encodeShortest(payload);
        assertThat(sent.length).isLessThanOrEqualTo(plain);
        assertThat(Wire.isGzip(sent)).isEqualTo(sent.length < plain);
        assertThat(decoder.decode(sent).getBody()).hasSize(length);
      }
    }
  }

  @Test
  void fallsThroughWhenInflatingFails() throws IOException {
    byte[] truncated = Arrays.copyOf(gzip(new byte[1000]), 20);
    assertThat(decoder.decode(truncated).getBody()).isEqualTo(truncated);
  }

  @Test
  void refusesABomb() throws IOException {
    KuraPayload zeros = new KuraPayload();
    zeros.setBody(new byte[100_000]);
    byte[] bomb;
    try (KuraPayloadEncoder encoder = new KuraPayloadEncoder()) {
      bomb = encoder.encodeShortest(zeros);
    }
    assertThat(bomb).hasSizeLessThan(300);
    assertThat(new KuraPayloadDecoder(200_000).decode(bomb).getBody()).hasSize(100_000);
    assertThat(new KuraPayloadDecoder(10_000).decode(bomb).getBody()).isEqualTo(bomb);
    assertThatThrownBy(() -> new KuraPayloadDecoder(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "08", // timestamp without its value
        "08FFFFFFFFFFFFFFFFFFFF01", // eleven-byte varint
        "00", // field number zero
        "0B", // a group
        "0C", // end of a group
        "CAB8020501", // body longer than what is left
        "CAB802FFFFFFFF0F", // body of four gigabytes
        "CAB802FFFFFFFFFFFFFFFFFF01", // body of negative length
        "C2B802020A00", // metric without a type
        "C2B80202" + "1000", // metric without a name
        "C2B80205" + "0A0161" + "1063", // metric of a type nobody knows
        "1209" + "09000000000000F03F", // position without longitude
        "68656C6C6F" // "hello"
      })
  void takesAnythingElseAsBody(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertThat(decoder.parse(bytes)).isEmpty();
    KuraPayload payload = decoder.decode(bytes);
    assertThat(payload.getBody()).isEqualTo(bytes);
    assertThat(payload.metrics()).isEmpty();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}
