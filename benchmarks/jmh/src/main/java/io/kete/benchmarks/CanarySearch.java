// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * Looks for values in any bytes by their first eight, in the forms a value may take: its text,
 * upper and lower case, hexadecimal, and for numbers both orders of bytes and both kinds of varint.
 */
final class CanarySearch {

  private final Set<Long> starts = new HashSet<>();

  void texts(Collection<String> texts) {
    for (String text : texts) {
      add(text.getBytes(StandardCharsets.UTF_8));
      add(text.toLowerCase(java.util.Locale.ROOT).getBytes(StandardCharsets.UTF_8));
      add(text.getBytes(StandardCharsets.UTF_16BE));
      String hex = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
      add(hex.getBytes(StandardCharsets.UTF_8));
    }
  }

  void numbers(Collection<Long> numbers) {
    for (long number : numbers) {
      add(Long.toString(number).getBytes(StandardCharsets.UTF_8));
      add(Long.toHexString(number).getBytes(StandardCharsets.UTF_8));
      add(ByteBuffer.allocate(8).putLong(number).array());
      add(ByteBuffer.allocate(8).putLong(Long.reverseBytes(number)).array());
      add(varint(number));
      add(varint((number << 1) ^ (number >> 63)));
    }
  }

  /** Numbers with a fraction: both orders of the bytes, and the text without its integer part. */
  void fractions(Collection<Double> numbers) {
    for (double number : numbers) {
      long bits = Double.doubleToRawLongBits(number);
      add(ByteBuffer.allocate(8).putLong(bits).array());
      add(ByteBuffer.allocate(8).putLong(Long.reverseBytes(bits)).array());
      String text = Double.toString(number);
      String digits = text.substring(text.indexOf('.') + 1);
      if (digits.length() >= Long.BYTES) {
        add(digits.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static byte[] varint(long number) {
    ByteBuffer bytes = ByteBuffer.allocate(10);
    long rest = number;
    while ((rest & ~0x7FL) != 0) {
      bytes.put((byte) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    return bytes.put((byte) rest).array();
  }

  private void add(byte[] form) {
    starts.add(ByteBuffer.wrap(form).getLong());
  }

  /** How many different values a file holds. */
  int in(Path file) throws IOException {
    Set<Long> found = new HashSet<>();
    long window = 0;
    int read = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      for (int next = in.read(); next >= 0; next = in.read()) {
        window = (window << 8) | next;
        read++;
        if (read >= Long.BYTES && starts.contains(window)) {
          found.add(window);
        }
      }
    }
    return found.size();
  }
}
