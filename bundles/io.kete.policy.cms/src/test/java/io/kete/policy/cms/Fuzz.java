// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;

/**
 * Changes good bytes at random, always in the same way, and watches how much memory the parser asks
 * for. So many inputs that a build stays short, or as many as the system property {@code
 * kete.fuzz.inputs} says.
 */
public final class Fuzz {

  private static final long MAX_ALLOCATED = 8L << 20;
  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Random random = new Random(20_261_122);
  private int read;
  private int refused;

  /** Parses; true when it gave a value, false when it refused in the declared way. */
  @FunctionalInterface
  public interface Parser {
    boolean parse(byte[] bytes);
  }

  /** Feeds the parser; anything it throws fails the test by itself. */
  public Fuzz feed(int fewest, Parser parser, byte[]... originals) {
    int inputs = Math.max(fewest, Integer.getInteger("kete.fuzz.inputs", 0));
    long most = 0;
    for (int i = 0; i < inputs; i++) {
      byte[] bytes = mutated(originals[i % originals.length]);
      long before = THREADS.getCurrentThreadAllocatedBytes();
      boolean value = parser.parse(bytes);
      most = Math.max(most, THREADS.getCurrentThreadAllocatedBytes() - before);
      read += value ? 1 : 0;
      refused += value ? 0 : 1;
    }
    assertThat(most).as("bytes one input made the parser allocate").isLessThan(MAX_ALLOCATED);
    System.out.printf(
        "fuzzed inputs=%d read=%d refused=%d mostAllocated=%d%n", inputs, read, refused, most);
    return this;
  }

  public int read() {
    return read;
  }

  public int refused() {
    return refused;
  }

  /** A copy with some bytes changed, sometimes shorter or longer. */
  public byte[] mutated(byte[] original) {
    int length = random.nextInt(8) == 0 ? random.nextInt(original.length + 20) : original.length;
    byte[] bytes = Arrays.copyOf(original, length);
    for (int i = random.nextInt(5); i >= 0 && length > 0; i--) {
      int at = random.nextInt(length);
      bytes[at] =
          random.nextBoolean()
              ? (byte) random.nextInt()
              : original[random.nextInt(original.length)];
    }
    return bytes;
  }
}
