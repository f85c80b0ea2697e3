// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kete.container.deploy.Requests;
import io.kete.container.deploy.pack.RefusedException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.eclipse.kura.message.KuraResponsePayload;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderFolderTest {

  private static final int OK = 200;
  private static final int FULL = 500;

  @TempDir private Path home;
  private Path path;
  private OrderFolder orders;

  @BeforeEach
  void open() throws IOException {
    path = home.resolve("repository");
    orders = new OrderFolder(path);
  }

  private List<Path> waiting() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(path, "*.order")) {
      found.forEach(files::add);
    }
    return files;
  }

  @Test
  void anOrderBecomesAFileThatSaysWhatIsWanted() throws Exception {
    String id = orders.give("install", "plant@1.1.0", "http://there/").orElseThrow();
    Properties keys = OrderFolder.read(path.resolve(id + ".order"));
    assertThat(keys)
        .containsEntry("what", "install")
        .containsEntry("packages", "plant@1.1.0")
        .containsEntry("repository", "http://there/");
    assertThat(orders.states()).containsEntry(id, "waiting or running");
  }

  @Test
  void aFolderOfThisMachineIsNotTakenFromElsewhere() {
    assertThatThrownBy(() -> orders.give("update", "", "file:/etc/"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("not taken by order from elsewhere");
    assertThat(path).isEmptyDirectory();
  }

  @Test
  void tooManyThatWaitAreRefusedUntilOneHasEnded() throws Exception {
    RepositoryRequests requests = new RepositoryRequests(orders, List::of);
    for (int i = 0; i < OrderFolder.MAX_WAITING; i++) {
      assertThat(update(requests).getResponseCode()).isEqualTo(OK);
    }
    KuraResponsePayload full = update(requests);
    assertThat(full.getResponseCode()).isEqualTo(FULL);
    assertThat(String.valueOf(full.getExceptionMessage())).contains("16 orders are waiting");
    assertThat(waiting()).hasSize(OrderFolder.MAX_WAITING);
    Files.delete(waiting().get(0));
    assertThat(update(requests).getResponseCode()).isEqualTo(OK);
  }

  private static KuraResponsePayload update(RepositoryRequests requests) {
    return (KuraResponsePayload)
        requests.doExec(Requests.CONTEXT, Requests.of("update", "")).getPayload();
  }

  @Test
  void onlyTheLastOutcomesAreKept() throws Exception {
    for (int i = 100; i < 140; i++) {
      OrderFolder.write(path.resolve(i + ".outcome"), new Properties());
      Files.setLastModifiedTime(path.resolve(i + ".outcome"), FileTime.fromMillis(i * 1000L));
      Files.createFile(path.resolve(i + ".progress"));
    }
    orders.forget();
    assertThat(orders.states()).hasSize(32).containsKey("139").doesNotContainKey("107");
    assertThat(path.resolve("107.progress")).doesNotExist();
  }
}
