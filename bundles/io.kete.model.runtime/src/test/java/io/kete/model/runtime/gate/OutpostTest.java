// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.model.runtime.SumEngine;
import io.kete.model.runtime.TestModels;
import io.kete.model.runtime.World;
import io.kete.model.runtime.content.Candidate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledOnOs(OS.LINUX)
class OutpostTest {

  @TempDir Path folder;
  private final SumEngine engine = new SumEngine();

  private Admission admit(String script, Duration limit, boolean kept) throws Exception {
    Path file = Files.writeString(folder.resolve("trial.sh"), script);
    Outpost outpost = new Outpost(List.of("sh", file.toString()), folder.resolve("trials"), limit);
    Surroundings surroundings = new Surroundings();
    surroundings.add("sum", engine);
    surroundings.add(World.verifier(false));
    Gate gate =
        new Gate(surroundings, new Prover(System::nanoTime), Gate.LOAD_LIMIT, Optional.of(outpost));
    Candidate candidate = TestModels.draft().candidate();
    return kept ? gate.readmit(candidate, stage -> {}) : gate.admit(candidate, stage -> {});
  }

  private Admission admit(String script) throws Exception {
    return admit(script, Duration.ofSeconds(60), false);
  }

  @Test
  void theOtherProcessGetsTheFilesAndLeavesNothing() throws Exception {
    Admission admission = admit("test -s \"$1/model.json\" && test \"$(cat $1/model.sum)\" = 1");
    assertThat(admission).isInstanceOf(Admission.Proved.class);
    assertThat(engine.loaded()).isEqualTo(1);
    assertThat(folder.resolve("trials")).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({
    "echo 'refused: too wide'; exit 1,too wide,true",
    "kill -SEGV $$,'it ended the process that tried it, exit code 139',true",
    "kill -KILL $$,'it ended the process that tried it, exit code 137',false",
    "echo no such option; exit 2,failed with exit code 2: no such option,false"
  })
  void whatFailsThereIsNeverLoadedHere(String script, String reason, boolean lasting)
      throws Exception {
    Admission admission = admit(script);
    assertThat(admission).isInstanceOf(Admission.Refused.class);
    assertThat(((Admission.Refused) admission).reason()).contains(reason);
    assertThat(((Admission.Refused) admission).lasting()).isEqualTo(lasting);
    assertThat(engine.loaded()).isZero();
    assertThat(folder.resolve("trials")).isEmptyDirectory();
  }

  @Test
  void whatDoesNotEndThereIsEnded() throws Exception {
    Admission admission = admit("exec sleep 600", Duration.ofSeconds(1), false);
    assertThat(((Admission.Refused) admission).reason()).contains("took longer than 1 s");
    assertThat(engine.loaded()).isZero();
  }

  @Test
  void whatServedBeforeNeedsNoTrial() throws Exception {
    assertThat(admit("exit 1", Duration.ofSeconds(60), true)).isInstanceOf(Admission.Proved.class);
  }

  @Test
  void whatAKilledGatewayLeftGoesAway() throws Exception {
    Path left = Files.createDirectories(folder.resolve("trials/trial-7"));
    Files.writeString(left.resolve("model.json"), "{");
    new Outpost(List.of("sh"), folder.resolve("trials"), Duration.ofSeconds(1)).clean();
    assertThat(folder.resolve("trials")).isEmptyDirectory();
  }
}
