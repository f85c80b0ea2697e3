// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import io.kete.buffer.api.Stream;
import io.kete.buffer.h2.StreamSettings.WhenFull;
import io.kete.data.api.Sample;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.kura.crypto.CryptoService;

/** A stream without a framework around it, whose policy seals nothing; for measurements. */
public final class PlainStream implements AutoCloseable {

  private final Bench bench;

  /** Opens or makes a stream in a directory, without a bound in size that matters. */
  public PlainStream(Path directory, int maxSamples, Duration latency, long segmentBytes) {
    this(directory, maxSamples, latency, segmentBytes, Optional.empty());
  }

  /** The same, encrypted when there is something that protects its key. */
  public PlainStream(
      Path directory,
      int maxSamples,
      Duration latency,
      long segmentBytes,
      Optional<CryptoService> crypto) {
    bench =
        Bench.withCrypto(
            new StreamSettings(
                "measured",
                "gw-1",
                directory.toString(),
                maxSamples,
                16,
                latency,
                segmentBytes,
                1L << 40,
                WhenFull.PUSH_BACK,
                Duration.ZERO,
                0,
                Sending.DEFAULT,
                crypto.isPresent()),
            crypto);
  }

  /** The stream. */
  public Stream stream() {
    return bench.stream;
  }

  /** A sample that takes 256 bytes in a block. */
  public static Sample record() {
    return Bench.sample(1, 236);
  }

  @Override
  public void close() {
    bench.close();
  }
}
