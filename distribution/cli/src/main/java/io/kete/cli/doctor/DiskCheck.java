// SPDX-License-Identifier: EPL-2.0
package io.kete.cli.doctor;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the data directory can be written, belongs to one owner, and has room for the streams.
 */
record DiskCheck(Site site, Configured configured) implements Check {

  private static final long LEAST = 32L << 20;
  private static final long DEFAULT_STREAM = 512L << 20;
  private static final int MAX_FILES = 20_000;

  @Override
  public String name() {
    return "disk";
  }

  @Override
  public List<Finding> look() throws IOException {
    Path data = site.data();
    if (!Files.isDirectory(data)) {
      return List.of(
          Finding.warn(
              name(), data + " is not there yet", "kete start or kete provision makes it"));
    }
    List<Finding> findings = new ArrayList<>();
    writing(data, findings);
    Walk walk = new Walk(Files.getOwner(data, LinkOption.NOFOLLOW_LINKS));
    Files.walkFileTree(data, walk);
    if (!walk.foreign.isEmpty()) {
      findings.add(
          Finding.fail(
              "owner",
              walk.foreign.get(0) + " and perhaps others do not belong to " + walk.owner.getName(),
              "chown -R " + walk.owner.getName() + ": " + data));
    }
    room(data, walk.stored, findings);
    return findings;
  }

  /** Only who owns the directory can try; root could write where the gateway cannot. */
  private void writing(Path data, List<Finding> findings) {
    try {
      Path probe = Files.createTempFile(data, ".doctor", "");
      Files.delete(probe);
    } catch (IOException e) {
      findings.add(
          Finding.fail(
              name(),
              data + " cannot be written: " + e.getClass().getSimpleName(),
              "check owner, permissions, and whether it is mounted read-only"));
    }
  }

  private void room(Path data, long stored, List<Finding> findings) throws IOException {
    // a file store would have to be a mount point, which a changed root is not
    long free = data.toFile().getUsableSpace();
    long wanted = Math.max(0, promised() - stored);
    String what = (free >> 20) + " MB free in " + data;
    if (free < LEAST) {
      findings.add(Finding.fail(name(), what, "make room; nothing can be stored without"));
    } else if (free < wanted) {
      findings.add(
          Finding.warn(
              name(),
              what + ", but the streams may still grow by " + (wanted >> 20) + " MB",
              "make room, or lower max.bytes of the streams"));
    } else {
      findings.add(Finding.ok(name(), what));
    }
  }

  private long promised() {
    List<String> bounds = configured.values(Configured.STREAM, "max.bytes");
    long known =
        bounds.stream().filter(text -> text.matches("\\d{1,18}")).mapToLong(Long::parseLong).sum();
    return known + (configured.count(Configured.STREAM) - bounds.size()) * DEFAULT_STREAM;
  }

  /** Sums up what is stored and finds files of other owners. */
  private static final class Walk extends SimpleFileVisitor<Path> {
    private final UserPrincipal owner;
    private final List<Path> foreign = new ArrayList<>();
    private long stored;
    private int files;

    Walk(UserPrincipal owner) {
      this.owner = owner;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (file.toString().contains("/buffer/")) {
        stored += attributes.size();
      }
      return look(file);
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      return look(folder);
    }

    private FileVisitResult look(Path file) throws IOException {
      if (!Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).equals(owner)) {
        foreign.add(file);
        return FileVisitResult.TERMINATE;
      }
      return ++files < MAX_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException gone) {
      return FileVisitResult.CONTINUE; // the running gateway removes files
    }
  }
}
