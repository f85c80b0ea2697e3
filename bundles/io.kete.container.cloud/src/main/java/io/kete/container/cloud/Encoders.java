// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import io.kete.kapua.codec.KuraPayloadEncoder;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraRuntimeException;
import org.eclipse.kura.message.KuraPayload;
import org.jspecify.annotations.Nullable;

/**
 * Lends one encoder to whoever publishes; only when two threads publish at the same time a second
 * one is made.
 */
final class Encoders implements AutoCloseable {

  private final AtomicReference<@Nullable KuraPayloadEncoder> spare = new AtomicReference<>();

  byte[] encode(KuraPayload payload, boolean gzip) throws KuraException {
    KuraPayloadEncoder taken = spare.getAndSet(null);
    KuraPayloadEncoder encoder = taken == null ? new KuraPayloadEncoder() : taken;
    try {
      return gzip ? encoder.encodeShortest(payload) : encoder.encode(payload);
    } catch (KuraRuntimeException e) {
      throw new KuraException(KuraErrorCode.ENCODE_ERROR, e, String.valueOf(e.getMessage()));
    } finally {
      KuraPayloadEncoder other = spare.getAndSet(encoder);
      if (other != null) {
        other.close();
      }
    }
  }

  @Override
  public void close() {
    KuraPayloadEncoder last = spare.getAndSet(null);
    if (last != null) {
      last.close();
    }
  }
}
