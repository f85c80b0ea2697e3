// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import io.kete.data.api.RecordMetrics;
import io.kete.kapua.codec.KuraPayloadEncoder;
import io.kete.policy.api.Sealing;
import io.kete.policy.cms.Identity;
import io.kete.policy.cms.PolicyBench;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import org.eclipse.kura.message.KuraPayload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class UnsealCommandTest {

  private static final String DOCUMENT =
      """
      {"format": "kete-policy/1", "version": 3, "recipients": {"centre": "centre.pem"}, "rules": []}
      """;

  @TempDir Path directory;

  private final StringWriter err = new StringWriter();
  private final StringWriter out = new StringWriter();
  private final Identity centre = Identity.ec("centre");
  private PolicyBench bench;
  private Path messages;
  private String key;

  @BeforeEach
  void prepare() throws IOException {
    bench =
        new PolicyBench(directory.resolve("gateway"), true)
            .document(DOCUMENT)
            .certificate("centre.pem", centre)
            .start();
    messages = Files.createDirectories(directory.resolve("messages"));
    key = Files.writeString(directory.resolve("centre.key"), centre.keyPem()).toString();
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  private int execute(String... args) {
    CommandLine command = Kete.commandLine();
    command.setErr(new PrintWriter(err, true));
    command.setOut(new PrintWriter(out, true));
    return command.execute(args);
  }

  private Sealing sealing() {
    return bench.seal(
        PolicyBench.sample("pump-1", "power", 7.25, "batch", "B-1"),
        PolicyBench.sample("pump-2", "power", 8L));
  }

  private static byte[] encode(KuraPayload payload) {
    try (KuraPayloadEncoder encoder = new KuraPayloadEncoder()) {
      return encoder.encode(payload);
    }
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static byte[] keyRecord(Sealing sealing) {
    KuraPayload payload = new KuraPayload();
    payload.addMetric(RecordMetrics.RECORD, RecordMetrics.KIND_KEY);
    payload.addMetric(RecordMetrics.EPOCH, sealing.key().orElseThrow().epoch());
    payload.setBody(bytes(sealing.key().orElseThrow().envelope()));
    return encode(payload);
  }

  private static byte[] sealedRecord(Sealing sealing, String policy) {
    KuraPayload payload = new KuraPayload();
    payload.addMetric(RecordMetrics.RECORD, RecordMetrics.KIND_SEALED);
    payload.addMetric(RecordMetrics.GATEWAY, "gw-1");
    payload.addMetric(RecordMetrics.STREAM, "telemetry");
    payload.addMetric(RecordMetrics.INCARNATION, 1L);
    payload.addMetric(RecordMetrics.SEQ, 17L);
    payload.addMetric(RecordMetrics.COUNT, 2);
    payload.addMetric(RecordMetrics.POLICY, policy);
    payload.addMetric(RecordMetrics.EPOCH, sealing.key().orElseThrow().epoch());
    payload.setBody(bytes(sealing.block().sealed().orElseThrow().envelope()));
    return encode(payload);
  }

  private void file(String name, byte[] message) throws IOException {
    Files.write(messages.resolve(name), message);
  }

  @Test
  void opensFilesEvenWhenTheKeyComesAfterTheBlock() throws IOException {
    Sealing sealing = sealing();
    file("1-sealed", sealedRecord(sealing, "3"));
    file("2-key", keyRecord(sealing));
    file("3-other", "no record".getBytes(StandardCharsets.UTF_8));

    assertThat(execute("unseal", "--key", key, messages.toString())).isEqualTo(ExitCode.OK);

    assertThat(out.toString().lines())
        .containsExactly(
            "gw-1 telemetry/1/17 2026-06-01T12:00:00Z pump-1 power=7.25 batch=\"B-1\"",
            "gw-1 telemetry/1/18 2026-06-01T12:00:00Z pump-2 power=8");
  }

  @Test
  void readsHexadecimalLinesAndAnswersInJson() {
    Sealing sealing = sealing();
    String lines =
        "a/b/c "
            + HexFormat.of().formatHex(keyRecord(sealing))
            + "\na/b/d "
            + HexFormat.of().formatHex(sealedRecord(sealing, "3"))
            + "\n";
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(lines.getBytes(StandardCharsets.US_ASCII)));
    try {
      assertThat(execute("unseal", "--key", key, "--json", "-")).isEqualTo(ExitCode.OK);
    } finally {
      System.setIn(before);
    }

    JsonObject first = Json.parse(out.toString().lines().findFirst().orElseThrow()).asObject();
    assertThat(first.getLong("seq", 0)).isEqualTo(17);
    assertThat(first.get("readings").asObject().getDouble("power", 0)).isEqualTo(7.25);
  }

  @Test
  void saysWhenSomethingIsForOthers() throws IOException {
    Sealing sealing = sealing();
    file("1-key", keyRecord(sealing));
    file("2-sealed", sealedRecord(sealing, "3"));
    String other =
        Files.writeString(directory.resolve("b.key"), Identity.ec("b").keyPem()).toString();

    assertThat(execute("unseal", "--key", other, messages.toString()))
        .isEqualTo(UnsealCommand.LEFT_CLOSED);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains("2 records or keys are for others");
  }

  @Test
  void refusesWhatWasMovedUnderAnotherHeader() throws IOException {
    Sealing sealing = sealing();
    file("1-key", keyRecord(sealing));
    file("2-sealed", sealedRecord(sealing, "4"));

    assertThat(execute("unseal", "--key", key, messages.toString())).isEqualTo(ExitCode.FAILED);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains("2-sealed").contains("header");
  }

  @Test
  void anyBytesAreSurvived() throws IOException {
    Sealing sealing = sealing();
    byte[] good = sealedRecord(sealing, "3");
    Random random = new Random(4);
    file("0-key", keyRecord(sealing));
    for (int i = 0; i < 300; i++) {
      byte[] changed = good.clone();
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
      file("1-" + i, changed);
    }

    assertThat(execute("unseal", "--key", key, messages.toString()))
        .isIn(ExitCode.FAILED, UnsealCommand.LEFT_CLOSED);
    assertThat(err.toString()).doesNotContain("Exception");
  }

  @Test
  void needsAnInputAndAKey() {
    assertThat(execute("unseal", "--key", key)).isEqualTo(ExitCode.USAGE);
    assertThat(execute("unseal", "-")).isEqualTo(ExitCode.USAGE);
    assertThat(execute("unseal", "--key", "nowhere.pem", "-")).isEqualTo(ExitCode.FAILED);
    assertThat(execute("unseal", "--help")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("mosquitto_sub").contains("Exit codes:");
  }

  @Test
  void saysWhatIsWrongWithAnInput() {
    assertThat(execute("unseal", "--key", key, "nothing.bin")).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines("kete: nothing.bin: there is no such file");
    assertThat(execute("unseal", "--key", key, "--broker", "http://broker"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("--broker http://broker: mqtt://HOST:PORT or mqtts://");
  }

  @Test
  void takesABrokerInTheWordsOfTheConfiguration() {
    assertThat(UnsealCommand.address("mqtt://broker:1883")).isEqualTo("tcp://broker:1883");
    assertThat(UnsealCommand.address("mqtts://broker:8883")).isEqualTo("ssl://broker:8883");
    assertThat(UnsealCommand.address("ssl://broker:8883")).isEqualTo("ssl://broker:8883");
  }
}
