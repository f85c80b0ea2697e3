// SPDX-License-Identifier: EPL-2.0
package io.kete.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnershipTest {

  @TempDir private Path folder;

  @Test
  void theOwnerIsThatOfTheDirectoryALinkLeadsTo() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root may give files away");
    UserPrincipal nobody =
        folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
    Path data = Files.createDirectory(folder.resolve("data"));
    Files.setOwner(data, nobody);
    Path link = Files.createSymbolicLink(folder.resolve("link"), data);
    Path file = Files.writeString(data.resolve("file"), "of root");
    Ownership.of(link).give(file);
    assertThat(Files.getOwner(file)).isEqualTo(nobody);
  }
}
