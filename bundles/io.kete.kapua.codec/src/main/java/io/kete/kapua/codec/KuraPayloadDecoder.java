// SPDX-License-Identifier: EPL-2.0
package io.kete.kapua.codec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Date;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.eclipse.kura.message.KuraPayload;

/**
 * Reads payloads from bytes that anybody may have sent. What it allocates is bounded by the length
 * of the input and by the limit for inflated bytes. Safe for several threads.
 */
public final class KuraPayloadDecoder {

  /** Inflated bytes that are accepted unless said otherwise: 4 MiB. */
  public static final int DEFAULT_MAX_INFLATED_BYTES = 4 * 1024 * 1024;

  private final int maxInflatedBytes;

  /** A decoder with the default limit. */
  public KuraPayloadDecoder() {
    this(DEFAULT_MAX_INFLATED_BYTES);
  }

  /**
   * A decoder with its own limit.
   *
   * @param maxInflatedBytes gzipped input that inflates to more is treated as input that cannot be
   *     inflated
   */
  public KuraPayloadDecoder(int maxInflatedBytes) {
    if (maxInflatedBytes < 1 || maxInflatedBytes == Integer.MAX_VALUE) {
      throw new IllegalArgumentException("maxInflatedBytes out of range: " + maxInflatedBytes);
    }
    this.maxInflatedBytes = maxInflatedBytes;
  }

  /**
   * The payload in the bytes, as Kura reads them: inflated if they are gzip; if that fails, as they
   * are; and if they are no payload at all, an empty payload with the bytes as its body.
   */
  public KuraPayload decode(byte[] received) {
    Optional<KuraPayload> payload = inflate(received).flatMap(this::parse);
    if (payload.isEmpty()) {
      payload = parse(received);
    }
    return payload.orElseGet(() -> bodyOf(received));
  }

  /** The payload in bytes that are not gzipped; empty when they are no complete payload. */
  public Optional<KuraPayload> parse(byte[] protobuf) {
    try {
      return Optional.of(payload(new WireReader(protobuf)));
    } catch (WireReader.Malformed notOne) {
      return Optional.empty();
    }
  }

  private Optional<byte[]> inflate(byte[] received) {
    if (!Wire.isGzip(received)) {
      return Optional.empty();
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(received))) {
      byte[] inflated = in.readNBytes(maxInflatedBytes + 1);
      return inflated.length > maxInflatedBytes ? Optional.empty() : Optional.of(inflated);
    } catch (IOException notGzip) {
      return Optional.empty();
    }
  }

  private static KuraPayload bodyOf(byte[] received) {
    KuraPayload payload = new KuraPayload();
    payload.setBody(received.clone());
    return payload;
  }

  private static KuraPayload payload(WireReader in) throws WireReader.Malformed {
    KuraPayload payload = new KuraPayload();
    PositionReader position = new PositionReader();
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case Wire.PAYLOAD_TIMESTAMP -> payload.setTimestamp(new Date(in.varint()));
        case Wire.PAYLOAD_POSITION -> position.read(in.message());
        case Wire.PAYLOAD_METRIC -> new MetricReader(in.message()).addTo(payload);
        case Wire.PAYLOAD_BODY -> payload.setBody(in.copy());
        default -> in.skip(tag);
      }
    }
    position.addTo(payload);
    return payload;
  }
}
