// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kete.model.api.ModelDescriptor;
import io.kete.model.api.Role;
import io.kete.model.runtime.TestModels;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

class DescriptorParserTest {

  private static final String GOOD = TestModels.draft().json();

  private static ModelDescriptor parse(String json) throws RefusedException {
    return new DescriptorParser()
        .parse(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)))
        .model();
  }

  private static void assertRefused(String json, String reason) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> parse(json))
        .withMessageContaining(reason)
        .matches(RefusedException::isLasting);
  }

  @Test
  void readsEveryKey() throws Exception {
    ModelDescriptor model = parse(GOOD);
    assertThat(model.name()).isEqualTo("pump");
    assertThat(model.version()).isEqualTo("1.0.0");
    assertThat(model.engine()).isEqualTo("sum");
    assertThat(model.roles())
        .containsExactly(
            new Role("flow", "", -100, 100, Role.Missing.REFUSE, 0, 1),
            new Role("pressure", "", -100, 100, Role.Missing.HOLD, 10, 2));
    assertThat(model.latencyLimit()).hasSeconds(1);
    assertThat(model.memoryLimitBytes()).isEqualTo(1000);
    assertThat(model.golden()).hasSize(1);
  }

  @Test
  void refusesWhatTheSchemaDoesNotAllow() {
    assertRefused("", "not JSON");
    assertRefused("[]", "has to be an object");
    assertRefused(GOOD + "x", "not JSON");
    assertRefused(GOOD.replace("\"steps\":1,", ""), "has no 'steps'");
    assertRefused(GOOD.replace("\"steps\":1", "\"steps\":1,\"steps\":1"), "'steps' twice");
    assertRefused(GOOD.replace("\"steps\":1", "\"steps\":1,\"stepps\":1"), "unknown key 'stepps'");
    assertRefused(GOOD.replace("\"steps\":1", "\"steps\":1.5"), "whole number from 1 to 1024");
    assertRefused(GOOD.replace("\"steps\":1", "\"steps\":1e9"), "whole number from 1 to 1024");
    assertRefused(GOOD.replace("\"steps\":1", "\"steps\":2"), "4 inputs and 1 outputs");
    assertRefused(GOOD.replace("REFUSE", "refuse"), "roles[0].missing");
    assertRefused(GOOD.replace("\"scale\":2.0", "\"scale\":0"), "scale that is not 0");
    assertRefused(GOOD.replace("\"offset\":10.0", "\"offset\":1e999"), "finite number");
    assertRefused(GOOD.replace("model.sum", "../../etc/passwd"), "model.json.file");
    assertRefused(GOOD.replace("model.sum", "model.json"), "a file of its own");
    assertRefused(GOOD.replace("\"1.0.0\"", "\"1.0\""), "model.json.version");
    assertRefused(GOOD.replace("\"pressure\"", "\"flow\""), "the same role");
    assertRefused(GOOD.replace("1.0E-5", "-1").replace("1e-5", "-1"), "tolerance");
    assertRefused("[".repeat(100_000), "nested deeper");
  }

  @Test
  void bracketsInTextsAreNoNesting() throws Exception {
    String wild = GOOD.replace("\"more\":[1,{}]", "\"more\":\"" + "[{\\\"".repeat(99) + "\"");
    assertThat(parse(wild).name()).isEqualTo("pump");
  }

  @Test
  void anyBytesAreReadOrRefused() {
    Random random = new Random(3);
    byte[] good = GOOD.getBytes(StandardCharsets.UTF_8);
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = good.clone();
      for (int changes = random.nextInt(4); changes >= 0; changes--) {
        bytes[random.nextInt(bytes.length)] =
            (byte)
                (random.nextBoolean()
                    ? random.nextInt(256)
                    : "{}[],:\"0-e.".charAt(random.nextInt(11)));
      }
      int length = random.nextInt(8) == 0 ? random.nextInt(bytes.length) : bytes.length;
      try {
        new DescriptorParser().parse(ByteBuffer.wrap(bytes, 0, length));
        read++;
      } catch (RefusedException refused) {
        assertThat(refused.reason()).isNotEmpty().hasSizeLessThan(400);
      }
    }
    assertThat(read).isPositive().isLessThan(20_000);
  }

  @Test
  void readsCapabilitiesAsAFrameworkDoes() throws Exception {
    String header =
        "osgi.x;a=\"1,2;3\",io.kete.model;uses:=\"a,b\";name=\"pump\"; version:Version=\"1.2.0\";engine=sum";
    assertThat(Capability.ofHeader(header))
        .isEqualTo(new Capability("pump", new Version(1, 2, 0), "sum"));
    for (String broken :
        List.of(
            "osgi.x",
            "io.kete.model",
            "io.kete.model;name=a;version=1;engine=b",
            "io.kete.model;name=a;version:Version=x;engine=b",
            "io.kete.model;version:Version=1;engine=b",
            "io.kete.model;name=a;version:Version=1")) {
      assertThatExceptionOfType(RefusedException.class)
          .isThrownBy(() -> Capability.ofHeader(broken));
    }
  }

  @Test
  void manifestAndDescriptorHaveToAgree() throws Exception {
    ModelSource source = TestModels.draft().source();
    Version version = new Version(1, 0, 0);
    assertThat(Candidate.read(new Capability("pump", version, "sum"), source).digest()).hasSize(64);
    for (Capability other :
        List.of(
            new Capability("fan", version, "sum"),
            new Capability("pump", new Version(1, 0, 1), "sum"),
            new Capability("pump", version, "onnx"))) {
      assertThatExceptionOfType(RefusedException.class)
          .isThrownBy(() -> Candidate.read(other, source))
          .withMessageContaining("in the manifest and");
    }
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> TestModels.draft().withoutFile().candidate())
        .withMessageContaining("no file model/model.sum");
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> TestModels.draft().model("1." + "0".repeat(1000)).candidate())
        .withMessageContaining("memoryLimitBytes allows 1000");
  }
}
