// SPDX-License-Identifier: EPL-2.0
package io.kete.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * To whom the files of a gateway belong. An operator who is root writes files that the gateway,
 * which is not, has to read.
 */
public final class Ownership {

  private record Owner(UserPrincipal user, GroupPrincipal group) {}

  private final Optional<Owner> owner;

  private Ownership(Optional<Owner> owner) {
    this.owner = owner;
  }

  /** The ownership of a directory; where the file system has none, nothing is ever given. */
  public static Ownership of(Path directory) throws IOException {
    Optional<PosixFileAttributeView> view = view(directory.toRealPath());
    if (view.isEmpty()) {
      return new Ownership(Optional.empty());
    }
    PosixFileAttributes attributes = view.get().readAttributes();
    return new Ownership(Optional.of(new Owner(attributes.owner(), attributes.group())));
  }

  /** Gives a file, or a directory with all that is in it, to the owner. */
  public void give(Path file) throws IOException {
    if (owner.isEmpty() || !Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> files = Files.walk(file)) {
      all = files.toList();
    }
    for (Path one : all) {
      give(one, owner.get());
    }
  }

  private static void give(Path file, Owner owner) throws IOException {
    Optional<PosixFileAttributeView> view = view(file);
    if (view.isEmpty()) {
      return;
    }
    PosixFileAttributes present = view.get().readAttributes();
    if (!present.owner().equals(owner.user())) {
      view.get().setOwner(owner.user());
    }
    if (!present.group().equals(owner.group())) {
      view.get().setGroup(owner.group());
    }
  }

  private static Optional<PosixFileAttributeView> view(Path file) {
    return Optional.ofNullable(
        Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS));
  }
}
