// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SnapshotDirectoryTest {
  private static final byte[] EMPTY = SnapshotWriter.write(List.of());

  @TempDir private Path folder;

  @Test
  void keepsTheNewestAndAlwaysTheSeed() throws IOException {
    SnapshotDirectory directory = new SnapshotDirectory(folder, 3);
    Files.write(directory.file(0), EMPTY);

    for (int i = 1; i <= 6; i++) {
      directory.write(EMPTY, 1_000L * i);
    }

    assertThat(directory.ids()).containsExactly(0L, 4_000L, 5_000L, 6_000L);
  }

  @Test
  void idsGrowEvenWhenTheClockGoesBack() throws IOException {
    SnapshotDirectory directory = new SnapshotDirectory(folder, 3);
    directory.write(EMPTY, 5_000);

    assertThat(directory.write(EMPTY, 17)).isEqualTo(5_001);
  }

  @Test
  void onlyTheOwnerMayRead() throws IOException {
    SnapshotDirectory directory = new SnapshotDirectory(folder.resolve("new/folder"), 3);

    long id = directory.write(EMPTY, 1);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.file(id))))
        .isEqualTo("rw-------");
  }

  @Test
  void otherFilesAreNoSnapshotsAndUnfinishedOnesGo() throws IOException {
    SnapshotDirectory directory = new SnapshotDirectory(folder, 3);
    for (String name :
        List.of(
            "snapshot_7.xml", "snapshot_07.xml", "snapshot_.xml", "snapshot_8.xml.unfinished")) {
      Files.write(folder.resolve(name), EMPTY);
    }

    directory.tidy();

    assertThat(directory.ids()).containsExactly(7L);
    assertThat(folder.resolve("snapshot_8.xml.unfinished")).doesNotExist();
    assertThat(folder.resolve("snapshot_07.xml")).exists();
  }

  @Test
  void saysWhichFileIsBroken() throws IOException {
    SnapshotDirectory directory = new SnapshotDirectory(folder, 3);
    Files.write(directory.file(3), "<oops".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> directory.read(3))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("snapshot_3.xml:1:");
  }

  @Test
  void aMissingFolderIsEmpty() throws IOException {
    assertThat(new SnapshotDirectory(folder.resolve("none"), 3).ids()).isEmpty();
  }
}
