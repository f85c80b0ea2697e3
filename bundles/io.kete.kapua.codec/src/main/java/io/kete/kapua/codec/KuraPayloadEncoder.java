// SPDX-License-Identifier: EPL-2.0
package io.kete.kapua.codec;

import java.util.Date;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.eclipse.kura.KuraInvalidMessageException;
import org.eclipse.kura.KuraInvalidMetricTypeException;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraPosition;
import org.jspecify.annotations.Nullable;

/**
 * Writes payloads as protobuf in one pass, metrics in the payload's order, and on request as gzip
 * if that is shorter.
 *
 * <p>Keeps its buffers from message to message: use one encoder per thread, and close it to give
 * back the compressor's memory.
 */
public final class KuraPayloadEncoder implements AutoCloseable {

  private static final int GZIP_HEADER = 10;
  private static final int GZIP_FRAME = GZIP_HEADER + 8;

  private final WireWriter out = new WireWriter();
  private final CRC32 crc = new CRC32();
  private @Nullable Deflater deflater;
  private byte[] packed = new byte[0];

  /**
   * The bytes of the payload. Null metrics are left out.
   *
   * @throws KuraInvalidMetricTypeException for a metric of a type that the format does not know
   * @throws KuraInvalidMessageException for a position without latitude or longitude
   */
  public byte[] encode(KuraPayload payload) {
    write(payload);
    return out.copy();
  }

  /** As {@link #encode}, gzipped if that makes it shorter. */
  public byte[] encodeShortest(KuraPayload payload) {
    write(payload);
    byte[] gzip = gzipIfShorter();
    return gzip.length > 0 ? gzip : out.copy();
  }

  @Override
  public void close() {
    if (deflater != null) {
      deflater.end();
      deflater = null;
    }
  }

  private void write(KuraPayload payload) {
    out.reset();
    Date timestamp = payload.getTimestamp();
    if (timestamp != null) {
      out.varint(Wire.PAYLOAD_TIMESTAMP);
      out.varint(timestamp.getTime());
    }
    KuraPosition position = payload.getPosition();
    if (position != null) {
      out.varint(Wire.PAYLOAD_POSITION);
      int begin = out.beginMessage();
      position(position);
      out.endMessage(begin);
    }
    for (Map.Entry<String, @Nullable Object> metric : payload.metrics().entrySet()) {
      Object value = metric.getValue();
      if (value != null) {
        metric(metric.getKey(), value);
      }
    }
    byte[] body = payload.getBody();
    if (body != null) {
      out.varint(Wire.PAYLOAD_BODY);
      out.bytes(body);
    }
  }

  private void metric(String name, Object value) {
    out.varint(Wire.PAYLOAD_METRIC);
    int begin = out.beginMessage();
    out.varint(Wire.METRIC_NAME);
    out.text(name);
    if (value instanceof Double number) {
      type(Wire.TYPE_DOUBLE, Wire.METRIC_DOUBLE);
      out.fixed64(Double.doubleToRawLongBits(number));
    } else if (value instanceof Integer number) {
      type(Wire.TYPE_INT, Wire.METRIC_INT);
      out.varint(number);
    } else if (value instanceof String text) {
      type(Wire.TYPE_STRING, Wire.METRIC_STRING);
      out.text(text);
    } else if (value instanceof Float number) {
      type(Wire.TYPE_FLOAT, Wire.METRIC_FLOAT);
      out.fixed32(Float.floatToRawIntBits(number));
    } else if (value instanceof Long number) {
      type(Wire.TYPE_LONG, Wire.METRIC_LONG);
      out.varint(number);
    } else if (value instanceof Boolean flag) {
      type(Wire.TYPE_BOOL, Wire.METRIC_BOOL);
      out.varint(flag ? 1 : 0);
    } else if (value instanceof byte[] bytes) {
      type(Wire.TYPE_BYTES, Wire.METRIC_BYTES);
      out.bytes(bytes);
    } else {
      throw new KuraInvalidMetricTypeException(
          "metric " + name + " is a " + value.getClass().getName());
    }
    out.endMessage(begin);
  }

  private void type(int type, int valueTag) {
    out.varint(Wire.METRIC_TYPE);
    out.varint(type);
    out.varint(valueTag);
  }

  private void position(KuraPosition position) {
    if (position.getLatitude() == null || position.getLongitude() == null) {
      throw new KuraInvalidMessageException("a position needs latitude and longitude");
    }
    number(Wire.POSITION_LATITUDE, position.getLatitude());
    number(Wire.POSITION_LONGITUDE, position.getLongitude());
    number(Wire.POSITION_ALTITUDE, position.getAltitude());
    number(Wire.POSITION_PRECISION, position.getPrecision());
    number(Wire.POSITION_HEADING, position.getHeading());
    number(Wire.POSITION_SPEED, position.getSpeed());
    Date timestamp = position.getTimestamp();
    if (timestamp != null) {
      out.varint(Wire.POSITION_TIMESTAMP);
      out.varint(timestamp.getTime());
    }
    number(Wire.POSITION_SATELLITES, position.getSatellites());
    number(Wire.POSITION_STATUS, position.getStatus());
  }

  private void number(int tag, @Nullable Double value) {
    if (value != null) {
      out.varint(tag);
      out.fixed64(Double.doubleToRawLongBits(value));
    }
  }

  private void number(int tag, @Nullable Integer value) {
    if (value != null) {
      out.varint(tag);
      out.varint(value);
    }
  }

  /** The gzip form of what is in the buffer, or nothing when it would not be shorter. */
  private byte[] gzipIfShorter() {
    int length = out.size();
    int room = length - GZIP_FRAME - 1;
    if (room < 1) {
      return new byte[0];
    }
    Deflater deflating = deflater();
    deflating.reset();
    deflating.setInput(out.buffer(), 0, length);
    deflating.finish();
    if (packed.length < room || packed.length > 4 * room + 4096) {
      packed = new byte[room];
    }
    int deflated = deflating.deflate(packed, 0, room);
    return deflating.finished() ? framed(deflated, length) : new byte[0];
  }

  private byte[] framed(int deflated, int length) {
    byte[] gzip = new byte[deflated + GZIP_FRAME];
    gzip[0] = 0x1F;
    gzip[1] = (byte) 0x8B;
    gzip[2] = Deflater.DEFLATED;
    gzip[9] = (byte) 0xFF;
    System.arraycopy(packed, 0, gzip, GZIP_HEADER, deflated);
    crc.reset();
    crc.update(out.buffer(), 0, length);
    int trailer = GZIP_HEADER + deflated;
    for (int i = 0; i < 4; i++) {
      gzip[trailer + i] = (byte) (crc.getValue() >>> (8 * i));
      gzip[trailer + 4 + i] = (byte) (length >>> (8 * i));
    }
    return gzip;
  }

  private Deflater deflater() {
    if (deflater == null) {
      deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    }
    return deflater;
  }
}
