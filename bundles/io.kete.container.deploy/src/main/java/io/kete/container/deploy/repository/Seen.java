// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.repository;

import io.kete.container.deploy.install.DurableFiles;
import io.kete.container.deploy.pack.RefusedException;
import io.kete.container.deploy.pack.Sha;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The newest state of each repository this gateway has seen, on disk. A state that is older, or has
 * the same number and another content, is one that somebody plays back or forges.
 */
final class Seen {

  private static final Pattern STATE = Pattern.compile("(\\d{1,18}) ([0-9a-f]{64})");

  private final Path file;

  Seen(Path file) {
    this.file = file;
  }

  /** Throws when the gateway knows a newer state. */
  void check(SumList sums, byte[] bytes) throws RefusedException, IOException {
    Properties known = read();
    String before = known.getProperty(sums.name(), "");
    if (before.isEmpty()) {
      return;
    }
    Matcher fields = STATE.matcher(before);
    if (!fields.matches()) {
      throw new RefusedException(
          "what this gateway remembers of it is damaged; remove " + file + " and try again");
    }
    long increment = Long.parseLong(fields.group(1));
    if (sums.increment() < increment) {
      throw new RefusedException(
          "its state "
              + sums.increment()
              + " is older than "
              + increment
              + ", which this gateway has seen; use the current one");
    }
    if (sums.increment() == increment && !Sha.of(bytes).equals(fields.group(2))) {
      throw new RefusedException(
          "its state "
              + increment
              + " is not the one this gateway has seen under that number; make it anew with a larger one");
    }
  }

  /** From now on nothing older is taken. */
  void keep(SumList sums, byte[] bytes) throws IOException {
    Properties known = read();
    String now = sums.increment() + " " + Sha.of(bytes);
    if (!now.equals(known.put(sums.name(), now))) {
      StringWriter text = new StringWriter();
      known.store(text, null);
      DurableFiles.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private Properties read() throws IOException {
    Properties known = new Properties();
    if (Files.isRegularFile(file)) {
      known.load(new StringReader(Files.readString(file)));
    }
    return known;
  }
}
