// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks;

import io.kete.data.api.Block;
import io.kete.data.api.BlockWriter;
import io.kete.data.api.Sample;
import java.io.IOException;
import java.util.List;

/** Prints what sealing costs in bytes, as {@code key=value}. */
public final class SealBytes {

  private SealBytes() {}

  public static void main(String... args) throws IOException {
    envelope(1);
    envelope(SealCost.BLOCK);
    for (int sealed : new int[] {0, 2, SealSubject.CHANNELS}) {
      int bytes = new BlockWriter().write(sealed(SealCost.BLOCK, sealed)).length;
      System.out.printf("stored.%d=%.1f%n", 10 * sealed, bytes / (double) SealCost.BLOCK);
    }
    System.exit(0);
  }

  /** Bytes of the envelope beside its content, for one sample of the block. */
  private static void envelope(int count) throws IOException {
    List<Sample> samples = SealSubject.samples(count, SealSubject.CHANNELS);
    int content = SealCost.plainBytes(samples).length;
    int envelope =
        sealed(count, SealSubject.CHANNELS).sealed().orElseThrow().envelope().remaining();
    System.out.printf("content.%d=%d%n", count, content);
    System.out.printf("envelope.%d=%.1f%n", count, (envelope - content) / (double) count);
  }

  private static Block sealed(int count, int sealed) throws IOException {
    return SealSubject.policy(sealed)
        .seal(SealSubject.id(count), SealSubject.samples(count, sealed))
        .block();
  }
}
