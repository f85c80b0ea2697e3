// SPDX-License-Identifier: EPL-2.0
package io.kete.cli.backup;

import io.kete.cli.DataLock;
import io.kete.launcher.Ownership;
import io.kete.launcher.PendingSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Makes a gateway of a copy: everything is unpacked beside, held against the sums, and then put in
 * place as a whole. What was there before is kept until the next time.
 */
public final class Restore {

  private static final int MAX_FILES = 200_000;
  private static final int MAX_TEXT = 64 << 20;
  private static final int CHUNK = 1 << 16;

  /** Plain names, no dots alone, no way out. */
  private static final Pattern NAME =
      Pattern.compile("[a-z]+(/(?!\\.{1,2}(/|$))[^/\\\\\\p{Cntrl}]{1,200}){1,12}");

  private final Path data;
  private final long maxBytes;

  /**
   * @param maxBytes most that is unpacked
   */
  public Restore(Path data, long maxBytes) {
    this.data = data;
    this.maxBytes = maxBytes;
  }

  /**
   * Restores.
   *
   * @return how many files
   * @throws IOException with the reason; nothing was changed
   */
  public int read(Path file) throws IOException {
    Files.createDirectories(data);
    try (DataLock lock = DataLock.take(data);
        ZipFile zip = new ZipFile(file.toFile())) {
      if (!lock.isHeld()) {
        throw new IOException("a gateway is running with " + data + "; stop it first");
      }
      if (zip.size() > MAX_FILES) {
        throw new IOException("it holds more than " + MAX_FILES + " files");
      }
      Contents contents = Contents.parse(text(zip, Contents.ENTRY));
      refuseOverStreams(contents);
      PendingSet pending = new PendingSet(data);
      pending.complete();
      String name = "restore-" + Long.toString(Files.size(file), Character.MAX_RADIX);
      Path set = pending.stage(name);
      try {
        int files = unpack(zip, contents, set);
        restrict(set);
        Ownership.of(data).give(set);
        pending.commit(name);
        pending.complete();
        return files;
      } catch (IOException e) {
        PendingSet.delete(set);
        throw e;
      }
    } catch (ZipException e) {
      throw new IOException("it is no whole ZIP file: " + e.getMessage(), e);
    }
  }

  /**
   * Samples that were numbered after the copy would lose their numbers to others, which the centre
   * then takes for duplicates.
   */
  private void refuseOverStreams(Contents contents) throws IOException {
    Path streams = data.resolve(Contents.STREAMS);
    if (contents.parts().contains(Contents.STREAMS) && Files.isDirectory(streams)) {
      try (Stream<Path> stored = Files.list(streams)) {
        if (stored.findAny().isPresent()) {
          throw new IOException(
              "there are streams in "
                  + streams
                  + " already; numbers of samples would be used twice. Restore into an empty"
                  + " directory, on a machine that takes the place of the one copied");
        }
      }
    }
  }

  private int unpack(ZipFile zip, Contents contents, Path set) throws IOException {
    Map<String, String> sums = sums(text(zip, Contents.SUMS));
    for (String part : contents.parts()) {
      Files.createDirectory(set.resolve(part));
    }
    long left = Math.min(maxBytes, Files.getFileStore(data).getUsableSpace());
    Enumeration<? extends ZipEntry> entries = zip.entries();
    while (entries.hasMoreElements()) {
      ZipEntry entry = entries.nextElement();
      if (entry.getName().equals(Contents.ENTRY) || entry.getName().equals(Contents.SUMS)) {
        continue;
      }
      String name = entry.getName();
      String part = name.contains("/") ? name.substring(0, name.indexOf('/')) : "";
      if (!NAME.matcher(name).matches() || !contents.parts().contains(part)) {
        throw new IOException("an entry leads out of the data directory or into a foreign part");
      }
      String expected = sums.remove(name);
      if (expected == null) {
        throw new IOException(name + " has no sum, or stands twice");
      }
      left -= unpack(zip, entry, set.resolve(name), left, expected);
    }
    if (!sums.isEmpty()) {
      throw new IOException(sums.size() + " files are missing in it");
    }
    return zip.size() - 2;
  }

  private static long unpack(ZipFile zip, ZipEntry entry, Path target, long left, String expected)
      throws IOException {
    Files.createDirectories(target.getParent());
    DigestOutputStream out = new DigestOutputStream(Files.newOutputStream(target), Backup.sha256());
    long written = 0;
    try (InputStream in = zip.getInputStream(entry);
        OutputStream closing = out) {
      byte[] chunk = new byte[CHUNK];
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        written += read;
        if (written > left) {
          throw new IOException("it unpacks to more than there is room for");
        }
        closing.write(chunk, 0, read);
      }
    }
    if (!HexFormat.of().formatHex(out.getMessageDigest().digest()).equals(expected)) {
      throw new IOException(entry.getName() + " is damaged");
    }
    return written;
  }

  private static String text(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new IOException("it is no copy of a gateway: " + name + " is missing");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return Backup.text(in, MAX_TEXT);
    }
  }

  private static Map<String, String> sums(String text) throws IOException {
    Map<String, String> sums = new TreeMap<>();
    for (String line : text.split("\n", -1)) {
      int blank = line.indexOf("  ");
      if (line.isEmpty()) {
        continue;
      }
      if (blank < 0 || sums.put(line.substring(blank + 2), line.substring(0, blank)) != null) {
        throw new IOException(Contents.SUMS + " cannot be read");
      }
    }
    return sums;
  }

  /** Keys and passwords: for the owner only. */
  private static void restrict(Path set) throws IOException {
    if (!set.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    try (Stream<Path> files = Files.walk(set)) {
      for (Path file : files.toList()) {
        Files.setPosixFilePermissions(
            file,
            PosixFilePermissions.fromString(Files.isDirectory(file) ? "rwx------" : "rw-------"));
      }
    }
  }
}
