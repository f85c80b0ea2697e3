// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.world;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What the device holds at its n-th poll: every value is a function of n, in every table. */
public final class Registers {

  /** Bytes of the holding registers. */
  static final int HOLDING_BYTES = 96;

  /** Bytes of the input registers. */
  static final int INPUT_BYTES = 16;

  /** Coils, and discrete inputs. */
  static final int BITS = 16;

  private Registers() {}

  /** Holding registers from 0 on, each two bytes. */
  static byte[] holding(long n) {
    ByteBuffer bytes = ByteBuffer.allocate(HOLDING_BYTES);
    bytes.putInt((int) n); // 0
    bytes.putShort((short) int16(n)); // 2
    bytes.putShort((short) uint16(n)); // 3
    bytes.putInt((int) int32(n)); // 4
    bytes.putLong(int64(n)); // 6
    bytes.putFloat(float32(n)); // 10
    bytes.putDouble(float64(n)); // 12
    bytes.putInt((int) Integer.toUnsignedLong(Integer.rotateLeft((int) int32(n), 16))); // 16
    bytes.putShort((short) (bit(n) ? 1 << 3 : 0xFFF7)); // 18
    bytes.putShort((short) step(n)); // 19
    bytes.putLong(canary(n)); // 20
    bytes.put(text(canaryText(n))); // 24
    bytes.putLong(lantern(n)); // 32
    bytes.put(text(lanternText(n))); // 36
    bytes.putInt((int) n); // 44
    bytes.putInt(0); // 46
    return bytes.array();
  }

  /** Input registers from 0 on. */
  static byte[] input(long n) {
    ByteBuffer bytes = ByteBuffer.allocate(INPUT_BYTES);
    bytes.putInt((int) n);
    bytes.putInt((int) (n * 3));
    bytes.putLong(-n);
    return bytes.array();
  }

  /** Value of a coil. */
  public static boolean coil(long n, int address) {
    return (n >> (address % 8) & 1) == 1;
  }

  /** Value of a discrete input. */
  public static boolean discrete(long n, int address) {
    return (n + address) % 3 == 0;
  }

  /** Register 2. */
  public static long int16(long n) {
    return (n * 7) % 30_000 - 15_000;
  }

  /** Register 3. */
  public static long uint16(long n) {
    return 65_535 - n % 30_000;
  }

  /** Registers 4 and 5; with the words swapped, 16 and 17. */
  public static long int32(long n) {
    return -1_000_000_000L - n;
  }

  /** Registers 6 to 9. */
  public static long int64(long n) {
    return -(1L << 60) - n;
  }

  /** Registers 10 and 11: no binary fraction is lost. */
  public static float float32(long n) {
    return n * 0.37f;
  }

  /** Registers 12 to 15. */
  public static double float64(long n) {
    return n / 7.0;
  }

  /** Bit 3 of register 18. */
  public static boolean bit(long n) {
    return n % 5 == 0;
  }

  /** Register 19: stands for ten polls, then moves by two. */
  public static long step(long n) {
    return n / 10 * 2;
  }

  /** Registers 20 to 23: must never be seen in clear. */
  public static long canary(long n) {
    return 0x5EC2_E7CA_9A21_0000L + n;
  }

  /** Registers 24 to 31: must never be seen in clear. */
  public static String canaryText(long n) {
    return String.format(Locale.ROOT, "CANARY-%08d", n);
  }

  /** Registers 32 to 35: in clear, so that a search that finds nothing is known to work. */
  public static long lantern(long n) {
    return 0x7A17_E2B0_41C5_0000L + n;
  }

  /** Registers 36 to 43: in clear. */
  public static String lanternText(long n) {
    return String.format(Locale.ROOT, "LANTERN-%07d", n);
  }

  private static byte[] text(String text) {
    byte[] bytes = new byte[16];
    byte[] content = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(content, 0, bytes, 0, content.length);
    return bytes;
  }
}
