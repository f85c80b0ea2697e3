// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.kapua.codec.deploy.Operation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobStoreTest {

  @TempDir Path folder;

  private static Job job(long number) {
    return new Job(
        number,
        -5,
        "KapuaPool-1",
        "cloud",
        Operation.DOWNLOAD,
        "ä = b",
        "1\n2",
        "",
        Optional.empty());
  }

  @Test
  void whatIsWrittenIsReadInTheOrderOfTheOrders() throws Exception {
    JobStore store = new JobStore(folder);
    Job second = job(12).installing("real", "2.0.0", "abc").ended(false, "no: \\ = \n!");
    store.write(second);
    store.write(job(2));
    assertThat(new JobStore(folder).all()).containsExactly(job(2), second);
    store.remove(second);
    assertThat(store.all()).containsExactly(job(2));
  }

  @Test
  void whatIsDamagedOrUnfinishedGoesAway() throws Exception {
    Files.writeString(folder.resolve("0000000001.job"), "number=one");
    Files.writeString(folder.resolve("0000000002.job"), "\\u00zz");
    Files.writeString(folder.resolve("0000000003.job.new"), "number=3");
    assertThat(new JobStore(folder).all()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aNotificationNamesTheFileAsKuraDoes() {
    assertThat(job(1).at(Operation.INSTALL).installing("p", "1.0.0", "x").subject())
        .isEqualTo("p_1.0.0.dp");
    assertThat(job(1).at(Operation.UNINSTALL).subject()).isEqualTo("ä = b");
  }
}
