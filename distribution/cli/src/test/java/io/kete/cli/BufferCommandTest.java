// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import io.kete.buffer.api.AppendCallback;
import io.kete.buffer.api.Outlet;
import io.kete.buffer.api.Parcel;
import io.kete.buffer.api.Refusal;
import io.kete.buffer.h2.PlainStream;
import io.kete.container.security.OfflineCrypto;
import io.kete.kapua.codec.KuraPayloadDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.eclipse.kura.message.KuraPayload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stored streams as the command sees them, while the gateway writes and when it is stopped. */
final class BufferCommandTest {

  @TempDir Path data;

  private final PrintStream standardOut = System.out;
  private final PrintStream standardError = System.err;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream error = new ByteArrayOutputStream();

  @BeforeEach
  void catchOutput() {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(error, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void giveOutputBack() {
    System.setOut(standardOut);
    System.setErr(standardError);
  }

  private int kete(String... words) {
    out.reset();
    error.reset();
    String[] all = new String[words.length + 3];
    all[0] = "--data";
    all[1] = data.toString();
    all[2] = "buffer";
    System.arraycopy(words, 0, all, 3, words.length);
    return Kete.commandLine().execute(all);
  }

  private JsonObject listed() {
    assertThat(kete("list", "--json")).isZero();
    return Json.parse(out.toString(StandardCharsets.UTF_8)).asArray().get(0).asObject();
  }

  private PlainStream open() {
    return new PlainStream(data.resolve("buffer/measured"), 10, Duration.ZERO, 65_536);
  }

  private static void append(PlainStream plain, int count) throws InterruptedException {
    Semaphore accepted = new Semaphore(0);
    AppendCallback callback =
        new AppendCallback() {
          @Override
          public void accepted(long seq) {
            accepted.release();
          }

          @Override
          public void refused(Refusal why) {
            throw new IllegalStateException(why.message());
          }
        };
    for (int i = 0; i < count; i++) {
      plain.stream().append(PlainStream.record(), callback);
    }
    accepted.acquire(count);
  }

  @Test
  void readsARunningAndAStoppedStreamAndChangesNothing() throws Exception {
    long delivered;
    try (PlainStream plain = open()) {
      append(plain, 1000);
      assertThat(listed().getLong("buffered", -1)).isEqualTo(1000);
      try (Outlet outlet = plain.stream().open(() -> {})) {
        List<Parcel> parcels = outlet.poll(20);
        parcels.forEach(outlet::acknowledge);
        delivered = plain.stream().ledger().delivered();
      }
    }
    List<Path> before = files();
    JsonObject stream = listed();
    assertThat(stream.getLong("accepted", -1)).isEqualTo(1000);
    assertThat(stream.getLong("delivered", -1)).isEqualTo(delivered).isPositive();
    assertThat(kete("show", "measured")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("segment-", "1000");
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void exportsWhatStillHasToBeDeliveredAsRecords() throws Exception {
    try (PlainStream plain = open()) {
      append(plain, 500);
      try (Outlet outlet = plain.stream().open(() -> {})) {
        outlet.acknowledge(outlet.poll(1).get(0));
      }
    }
    long buffered = listed().getLong("buffered", -1);
    assertThat(buffered).isPositive().isLessThan(500);
    Path folder = data.resolve("out");
    assertThat(kete("export", "measured", folder.toString()))
        .as(error.toString(StandardCharsets.UTF_8))
        .isZero();
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> records = files.sorted().toList();
      assertThat(records).hasSize((int) buffered);
      KuraPayload first = new KuraPayloadDecoder().decode(Files.readAllBytes(records.get(0)));
      assertThat(first.getMetric("kete.record")).isEqualTo("sample/1");
      assertThat(first.getMetric("kete.seq")).isEqualTo(500 - buffered + 1);
      assertThat(first.getMetric("kete.replay")).isEqualTo(true);
    }
    assertThat(kete("export", "measured", folder.toString())).isEqualTo(2);
    assertThat(error.toString(StandardCharsets.UTF_8)).contains("not empty");
  }

  @Test
  void exportsAnEncryptedStreamWithTheSecretOfTheGateway() throws Exception {
    Path secret = Files.createDirectories(data.resolve("security")).resolve("device.secret");
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    Files.createFile(
        secret, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(secret, Base64.getEncoder().encodeToString(bytes));
    Path directory = data.resolve("buffer/measured");
    try (PlainStream plain =
        new PlainStream(directory, 10, Duration.ZERO, 65_536, OfflineCrypto.of(secret))) {
      append(plain, 100);
    }
    Path folder = data.resolve("out");
    assertThat(kete("export", "measured", folder.toString()))
        .as(error.toString(StandardCharsets.UTF_8))
        .isZero();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(100);
    }
    out.reset();
    assertThat(kete("export", "--json", "measured", data.resolve("again").toString())).isZero();
    assertThat(Json.parse(out.toString(StandardCharsets.UTF_8)).asObject().getInt("records", 0))
        .isEqualTo(100);
    Files.move(secret, data.resolve("former.secret"));
    assertThat(kete("show", "measured")).isZero();
    assertThat(kete("export", "measured", data.resolve("none").toString())).isEqualTo(1);
    assertThat(error.toString(StandardCharsets.UTF_8)).contains("key of the encrypted segments");
  }

  @Test
  void saysSoWhenThereIsNoSuchStream() {
    assertThat(kete("show", "nothing")).isEqualTo(2);
    assertThat(error.toString(StandardCharsets.UTF_8)).contains("no stream", "kete buffer list");
    assertThat(kete("list")).isZero();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(data.resolve("buffer/measured"))) {
      return files.sorted().toList();
    }
  }
}
