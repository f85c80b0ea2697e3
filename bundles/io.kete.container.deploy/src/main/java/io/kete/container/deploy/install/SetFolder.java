// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.install;

import io.kete.container.deploy.pack.PackageInfo;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes several files the installed ones at once. The mark {@value #MARK} in a folder decides: with
 * it, what lies there is installed, and whoever starts next ends the renames; without it, nothing
 * of it is.
 */
final class SetFolder {

  static final String MARK = "committed";
  private static final String ENDING = ".dp";

  private final Path directory;
  private final PackageStore store;

  SetFolder(Path directory, PackageStore store) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.store = store;
    finish();
  }

  /** Ends the renames of a set that was decided for before the process ended. */
  private void finish() throws IOException {
    if (Files.exists(directory.resolve(MARK))) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + ENDING)) {
        for (Path file : files) {
          String name = String.valueOf(file.getFileName());
          DurableFiles.move(file, store.file(name.substring(0, name.length() - ENDING.length())));
        }
      }
      DurableFiles.delete(directory.resolve(MARK));
    }
  }

  Path file(String name) {
    return directory.resolve(name + ENDING);
  }

  /** Takes the files of a set; what an earlier one left goes. */
  void stage(List<SetInstaller.Candidate> set) throws IOException {
    clear();
    for (SetInstaller.Candidate each : set) {
      DurableFiles.move(each.file(), file(each.info().name()));
    }
  }

  /** From here on whoever starts next has the set whose files lie here. */
  void decide() throws IOException {
    decide(directory);
  }

  private static void decide(Path folder) throws IOException {
    DurableFiles.write(folder.resolve(MARK), new byte[0]);
    SetStep.SET_DECIDED.reached();
  }

  /** From here on whoever starts next has what was there before. */
  void undecide() throws IOException {
    DurableFiles.delete(directory.resolve(MARK));
  }

  /** Makes the files of a set that was decided for the installed ones. */
  void commit(List<PackageInfo> set) throws IOException {
    commit(directory, set);
  }

  private void commit(Path folder, List<PackageInfo> set) throws IOException {
    for (PackageInfo info : set) {
      store.commit(info, folder.resolve(info.name() + ENDING));
      SetStep.PART_COMMITTED.reached();
    }
    DurableFiles.delete(folder.resolve(MARK));
    SetStep.SET_COMMITTED.reached();
  }

  /** Decides for a set in another folder, and makes its files the installed ones. */
  void commitTrial(Path folder, List<PackageInfo> set) throws IOException {
    decide(folder);
    commit(folder, set);
  }

  /** Takes away what was not decided for. */
  void clear() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
      all.forEach(files::add);
    }
    for (Path file : files) {
      DurableFiles.delete(file);
    }
  }
}
