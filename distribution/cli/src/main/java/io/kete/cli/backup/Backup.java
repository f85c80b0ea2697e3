// SPDX-License-Identifier: EPL-2.0
package io.kete.cli.backup;

import io.kete.cli.DataLock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a copy of a gateway into one file: a ZIP whose last entry holds the sums of all others.
 */
public final class Backup {

  private final Path data;
  private final Clock clock;

  /** Copies a data directory. */
  public Backup(Path data, Clock clock) {
    this.data = data;
    this.clock = clock;
  }

  /**
   * Writes the copy; nothing is there when it fails.
   *
   * @param streams whether stored streams go along, to move the gateway to another machine
   * @return how many files
   */
  public int write(Path file, boolean streams) throws IOException {
    if (!Files.isDirectory(data)) {
      throw new IOException("there is no gateway in " + data);
    }
    try (DataLock lock = DataLock.take(data)) {
      if (!lock.isHeld()) {
        throw new IOException(
            "a gateway is running with " + data + "; stop it, so that the copy is of one moment");
      }
      Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
      Files.deleteIfExists(unfinished);
      try {
        int files = copy(unfinished, streams);
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        return files;
      } finally {
        Files.deleteIfExists(unfinished);
      }
    }
  }

  private int copy(Path file, boolean streams) throws IOException {
    List<String> parts = new ArrayList<>(Contents.STATE);
    if (streams) {
      parts.add(Contents.STREAMS);
    }
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Map<String, String> sums = new TreeMap<>();
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      Contents contents = new Contents(clock.instant().toString(), parts);
      put(zip, Contents.ENTRY, contents.toJson());
      for (String part : parts) {
        for (Path one : files(data.resolve(part))) {
          String name = data.relativize(one).toString();
          zip.putNextEntry(new ZipEntry(name));
          DigestInputStream in = new DigestInputStream(Files.newInputStream(one), sha256());
          try (in) {
            in.transferTo(zip);
          }
          zip.closeEntry();
          sums.put(name, HexFormat.of().formatHex(in.getMessageDigest().digest()));
        }
      }
      StringBuilder text = new StringBuilder();
      sums.forEach((name, sum) -> text.append(sum).append("  ").append(name).append('\n'));
      put(zip, Contents.SUMS, text.toString());
    }
    return sums.size();
  }

  private static void put(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  private static List<Path> files(Path part) throws IOException {
    if (!Files.isDirectory(part, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(part)) {
      return files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .sorted()
          .toList();
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Reads a whole small entry. */
  static String text(InputStream in, int limit) throws IOException {
    byte[] bytes = in.readNBytes(limit + 1);
    if (bytes.length > limit) {
      throw new IOException("an entry is larger than " + limit + " bytes");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
