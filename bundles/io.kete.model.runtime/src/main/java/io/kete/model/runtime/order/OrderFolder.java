// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.order;

import io.kete.model.runtime.store.Durable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes orders out of the drop folder, where whoever may bring models may also say which of them
 * serves. An order is one line, {@code ACTION SLOT [VERSION]}, in a file {@code *.order}; it is
 * gone when it was followed, and its reason lies in {@code rejected} when it was not.
 */
public final class OrderFolder {

  private static final Logger logger = LoggerFactory.getLogger(OrderFolder.class);
  private static final int MAX_BYTES = 512;
  private static final Pattern BLANKS = Pattern.compile(" +");

  private final Path incoming;
  private final Path rejected;
  private final Orders orders;

  /**
   * @param dropin folder with {@code models} and {@code rejected}
   */
  public OrderFolder(Path dropin, Orders orders) {
    this.incoming = dropin.resolve("models");
    this.rejected = dropin.resolve("rejected");
    this.orders = orders;
  }

  /** Looks once. */
  public void poll() {
    if (!Files.isDirectory(incoming)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(incoming, "*.order")) {
      for (Path file : files) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          take(file);
        }
      }
    } catch (IOException e) {
      logger.error("order_unreadable reason={}", e.getMessage());
    } catch (RuntimeException e) {
      // Border of the scheduled task: one bad order must not end the watching for others.
      logger.error("order_failed", e);
    }
  }

  private void take(Path file) throws IOException {
    Optional<String> text = text(file);
    if (text.isEmpty()) {
      return;
    }
    Optional<String> reason = follow(text.get());
    if (reason.isPresent()) {
      logger.error("order_refused file={} reason={}", file.getFileName(), reason.get());
      // the reason first: who sees the file gone finds it
      Durable.write(
          rejected.resolve(file.getFileName() + ".reason"),
          ByteBuffer.wrap((reason.get() + "\n").getBytes(StandardCharsets.UTF_8)));
    }
    Files.deleteIfExists(file);
  }

  /** The line; empty as long as somebody may still be writing it. */
  private static Optional<String> text(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    boolean ended = bytes.length > 0 && bytes[bytes.length - 1] == '\n';
    return ended || bytes.length > MAX_BYTES
        ? Optional.of(new String(bytes, StandardCharsets.UTF_8))
        : Optional.empty();
  }

  /** Why the order was not followed, if it was not. */
  Optional<String> follow(String text) {
    if (text.length() > MAX_BYTES) {
      return Optional.of("an order is one line of at most " + MAX_BYTES + " bytes");
    }
    try {
      Answer answer = orders.give(Order.of(List.of(BLANKS.split(text.strip(), -1))));
      if (answer instanceof Answer.Unknown unknown) {
        return Optional.of(unknown.reason());
      }
      return answer instanceof Answer.Refused refused
          ? Optional.of(refused.reason())
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
