// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import io.kete.policy.cms.Identity;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PolicyCommandTest {

  private static final String DOCUMENT =
      """
      {"format": "kete-policy/1", "version": 3, "recipients": {"centre": "centre.pem"},
       "rules": [{"name": "flow is no secret", "asset": "pump-*", "channel": "flow", "action": "plain"},
                 {"name": "level", "channel": "level", "action": "coarsen", "round": 10}]}
      """;

  @TempDir Path directory;

  private final StringWriter err = new StringWriter();
  private final StringWriter out = new StringWriter();

  private int execute(String... args) {
    CommandLine command = Kete.commandLine();
    command.setErr(new PrintWriter(err, true));
    command.setOut(new PrintWriter(out, true));
    return command.execute(args);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  @Test
  void saysWhichRuleHitAndWhy() throws IOException {
    String file = file("p.json", DOCUMENT);

    int code =
        execute(
            "policy",
            "check",
            file,
            "--sample",
            "pump-1/flow",
            "pump-1/power",
            "pump-1/level",
            "pump-1/score=flow+power");

    assertThat(code).isEqualTo(ExitCode.OK);
    assertThat(out.toString().lines())
        .anyMatch(line -> line.matches("pump-1/flow +plain +rule flow is no secret"))
        .anyMatch(line -> line.matches("pump-1/power +seal for centre +default"))
        .anyMatch(line -> line.matches("pump-1/level +coarsen round 10.0 +rule level"))
        .anyMatch(
            line -> line.matches("pump-1/score=flow\\+power +seal for centre +inherited: default"));
  }

  @Test
  void answersInJson() throws IOException {
    execute("policy", "check", file("p.json", DOCUMENT), "--json", "--sample", "pump-1/flow");

    JsonObject answer = Json.parse(out.toString()).asObject();
    assertThat(answer.getInt("version", 0)).isEqualTo(3);
    assertThat(answer.get("channels").asArray().get(0).asObject().getString("treatment", ""))
        .isEqualTo("PLAIN");
  }

  @Test
  void warnsOfARuleThatIsNeverReachedAndFailsOnlyIfToldTo() throws IOException {
    String hidden =
        file(
            "p.json",
            DOCUMENT.replace(
                "{\"name\": \"flow",
                "{\"name\": \"all\", \"asset\": \"*\", \"channel\": \"*\", \"action\": \"drop\"}, {\"name\": \"flow"));

    assertThat(execute("policy", "check", hidden)).isEqualTo(ExitCode.OK);
    assertThat(execute("policy", "check", hidden, "--strict")).isEqualTo(ExitCode.FAILED);
    assertThat(out.toString()).contains("  ! ");
  }

  @Test
  void tellsWhereADocumentIsWrong() throws IOException {
    assertThat(execute("policy", "check", file("p.json", "{\n  \"format\": \n}")))
        .isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("p.json").contains("line");
    assertThat(execute("policy", "check", directory.resolve("no.json").toString()))
        .isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("there is no such file");
    assertThat(execute("policy", "check", file("p.json", DOCUMENT), "--sample", "flow"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(execute("policy")).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void comparesMeaningNotLayout() throws IOException {
    String one = file("a.json", DOCUMENT);
    String same = file("b.json", DOCUMENT.replace("\n", "\n\n  "));
    String other =
        file(
            "c.json",
            DOCUMENT.replace("\"version\": 3", "\"version\": 4").replace("\"plain\"", "\"drop\""));

    assertThat(execute("policy", "diff", one, same)).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).isEmpty();
    assertThat(execute("policy", "diff", one, other, "--sample", "pump-1/flow"))
        .isEqualTo(ExitCode.FAILED);
    assertThat(out.toString().lines())
        .containsExactly(
            "- version 3",
            "- 1. pump-*/flow: plain, derived values too (flow is no secret)",
            "+ version 4",
            "+ 1. pump-*/flow: drop, derived values too (flow is no secret)",
            "~ pump-1/flow: plain -> drop");
  }

  private static boolean verifies(Path document, Path signature, Identity signer) throws Exception {
    CMSSignedData data =
        new CMSSignedData(
            new CMSProcessableByteArray(Files.readAllBytes(document)),
            Files.readAllBytes(signature));
    SignerInformation info = data.getSignerInfos().getSigners().iterator().next();
    return info.verify(new JcaSimpleSignerInfoVerifierBuilder().build(signer.certificate()));
  }

  @Test
  void signsWithEitherKindOfKey() throws Exception {
    for (Identity authority : new Identity[] {Identity.ec("a"), Identity.rsa("a", 2048)}) {
      String document = file("p.json", DOCUMENT);
      String key = file("a.key", authority.keyPem());
      String certificate = file("a.pem", authority.pem());

      assertThat(execute("policy", "sign", document, "--key", key, "--cert", certificate))
          .as(err.toString())
          .isEqualTo(ExitCode.OK);

      assertThat(verifies(Path.of(document), directory.resolve("p.json.p7s"), authority)).isTrue();
    }
  }

  @Test
  void signsNothingThatIsWrong() throws Exception {
    String key = file("a.key", Identity.ec("a").keyPem());
    String foreign = file("b.pem", Identity.ec("b").pem());

    assertThat(execute("policy", "sign", file("p.json", DOCUMENT), "--key", key, "--cert", foreign))
        .isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("not the certificate of this key");
    assertThat(execute("policy", "sign", file("p.json", "{}"), "--key", key, "--cert", foreign))
        .isEqualTo(ExitCode.FAILED);
    assertThat(
            execute(
                "policy", "sign", file("p.json", DOCUMENT), "--key", foreign, "--cert", foreign))
        .isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("no private key");
    assertThat(directory.resolve("p.json.p7s")).doesNotExist();
  }
}
