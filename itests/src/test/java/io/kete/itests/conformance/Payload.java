// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.conformance;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * Kura's payload, read and written with Google's library: no code of the gateway is in between.
 *
 * @param metrics by name; the Java type of a value is its type on the wire
 * @param body empty when there is none
 * @param zipped whether it came gzipped
 * @param plainLength how long it is unzipped
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares or changes it
record Payload(Map<String, Object> metrics, byte[] body, boolean zipped, int plainLength) {

  private static final int METRIC = 5000;
  private static final int BODY = 5001;
  private static final int GZIP_MAGIC = 0x1F;

  static Payload of(byte[] bytes) {
    boolean zipped = bytes.length > 1 && bytes[0] == GZIP_MAGIC;
    try {
      byte[] plain = zipped ? unzipped(bytes) : bytes;
      Map<String, Object> metrics = new LinkedHashMap<>();
      byte[] body = new byte[0];
      CodedInputStream in = CodedInputStream.newInstance(plain);
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (WireFormat.getTagFieldNumber(tag)) {
          case METRIC -> metric(in.readBytes().newCodedInput(), metrics);
          case BODY -> body = in.readByteArray();
          default -> in.skipField(tag);
        }
      }
      return new Payload(metrics, body, zipped, plain.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] unzipped(byte[] bytes) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    }
  }

  private static void metric(CodedInputStream in, Map<String, Object> metrics) throws IOException {
    String name = "";
    Object value = "";
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> name = in.readString();
        case 3 -> value = in.readDouble();
        case 4 -> value = in.readFloat();
        case 5 -> value = in.readInt64();
        case 6 -> value = in.readInt32();
        case 7 -> value = in.readBool();
        case 8 -> value = in.readString();
        case 9 -> value = in.readBytes();
        default -> in.skipField(tag);
      }
    }
    metrics.put(name, value);
  }

  /** Bytes of a message as Kapua writes it: no timestamp, not gzipped. */
  static byte[] bytes(Map<String, Object> metrics, String body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      for (Map.Entry<String, Object> metric : metrics.entrySet()) {
        out.writeBytes(METRIC, metric(metric.getKey(), metric.getValue()));
      }
      if (!body.isEmpty()) {
        out.writeByteArray(BODY, body.getBytes(StandardCharsets.UTF_8));
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static ByteString metric(String name, Object value) throws IOException {
    ByteString.Output bytes = ByteString.newOutput();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeString(1, name);
    if (value instanceof String text) {
      out.writeEnum(2, 5);
      out.writeString(8, text);
    } else if (value instanceof Long number) {
      out.writeEnum(2, 2);
      out.writeInt64(5, number);
    } else if (value instanceof Integer number) {
      out.writeEnum(2, 3);
      out.writeInt32(6, number);
    } else if (value instanceof Boolean truth) {
      out.writeEnum(2, 4);
      out.writeBool(7, truth);
    } else {
      throw new IllegalArgumentException(name);
    }
    out.flush();
    return bytes.toByteString();
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
