// SPDX-License-Identifier: EPL-2.0
package io.kete.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import io.kete.cli.doctor.Finding.State;
import io.kete.cli.provision.Station;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @TempDir Path directory;

  private Station station;
  private Path gateway;
  private Path root;
  private Site site;
  private Clock clock = Clock.systemUTC();

  @BeforeEach
  void provisioned() throws IOException {
    station = new Station(directory);
    gateway = station.gateway(directory.resolve("gw-1"));
    replace("gateway.json", "\"status.port\": \"8077\"", "\"status.port\": \"0\"");
    root = Files.createDirectories(directory.resolve("root"));
    memory(500);
    Files.createDirectories(root.resolve("run/systemd/timesync"));
    Files.createFile(root.resolve("run/systemd/timesync/synchronized"));
    site = new Site(home(), data(), Optional.empty(), Optional.empty());
  }

  private Path home() {
    return directory.resolve("home");
  }

  private Path data() {
    return directory.resolve("data");
  }

  private void memory(int megabytes) throws IOException {
    Files.createDirectories(root.resolve("proc"));
    Files.writeString(
        root.resolve("proc/meminfo"),
        "MemTotal: 1 kB\nMemAvailable:   " + megabytes * 1024 + " kB\n");
  }

  private void replace(String file, String from, String to) throws IOException {
    Path path = gateway.resolve(file);
    String text = Files.readString(path);
    assertThat(text).contains(from);
    Files.writeString(path, text.replace(from, to));
  }

  private void provision(int brokerPort) throws IOException {
    replace("gateway.json", "127.0.0.1:1883", "127.0.0.1:" + brokerPort);
    assertThat(station.execute("provision", gateway.toString())).as(station.err()).isZero();
  }

  private List<Finding> look() throws InterruptedException {
    return Doctor.of(site, root, clock).look();
  }

  private Finding only(String check) throws InterruptedException {
    List<Finding> found = look().stream().filter(f -> f.check().equals(check)).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  @Test
  void findsNothingWrongWithAProvisionedGatewayWhoseBrokerAnswers() throws Exception {
    try (ServerSocket broker = new ServerSocket(0, 1, LOOPBACK)) {
      provision(broker.getLocalPort());
      assertThat(look())
          .allSatisfy(f -> assertThat(f.state()).as(f.toString()).isEqualTo(State.OK));
      assertThat(look())
          .extracting(Finding::check)
          .containsExactly(
              "java",
              "memory",
              "disk",
              "clock",
              "ports",
              "configuration",
              "policy",
              "certificates",
              "broker",
              "gateway");
    }
  }

  @Test
  void everythingThatIsNotRightComesWithAdvice() throws Exception {
    provision(closedPort());
    memory(60);
    clock = Clock.fixed(Instant.parse("2001-01-01T00:00:00Z"), ZoneOffset.UTC);
    List<Finding> bad = look().stream().filter(f -> f.state() != State.OK).toList();
    assertThat(bad)
        .extracting(Finding::check)
        .contains("memory", "clock", "policy", "certificates", "broker");
    assertThat(bad).allSatisfy(finding -> assertThat(finding.advice()).isNotBlank());
  }

  @Test
  void warnsOfLittleMemoryAndFailsOnNone() throws Exception {
    memory(150);
    assertThat(only("memory").state()).isEqualTo(State.WARN);
    memory(20);
    assertThat(only("memory").state()).isEqualTo(State.FAIL);
    memory(500);
    Path limit = Files.createDirectories(root.resolve("sys/fs/cgroup")).resolve("memory.max");
    Files.writeString(limit, "max\n");
    assertThat(only("memory").state()).isEqualTo(State.OK);
    Files.writeString(limit, Long.toString(100L << 20));
    assertThat(only("memory").state()).isEqualTo(State.WARN);
  }

  @Test
  void tellsWhetherTheClockIsKeptRight() throws Exception {
    Files.delete(root.resolve("run/systemd/timesync/synchronized"));
    assertThat(only("clock").state()).isEqualTo(State.WARN);
    Files.delete(root.resolve("run/systemd/timesync"));
    assertThat(only("clock").state()).isEqualTo(State.OK);
    assertThat(only("clock").what()).contains("no systemd-timesyncd");
  }

  @Test
  void warnsBeforeCertificatesExpireAndFailsWhenTheyHave() throws Exception {
    provision(1);
    clock = Clock.offset(Clock.systemUTC(), Duration.ofDays(90));
    assertThat(look())
        .filteredOn(f -> f.check().equals("certificates"))
        .hasSize(2)
        .allSatisfy(f -> assertThat(f.state()).isEqualTo(State.WARN));
    clock = Clock.offset(Clock.systemUTC(), Duration.ofDays(110));
    assertThat(look())
        .filteredOn(f -> f.check().equals("certificates"))
        .allSatisfy(f -> assertThat(f.what()).contains("has expired"));
  }

  @Test
  void namesABrokerThatCannotBeReached() throws Exception {
    provision(closedPort());
    Finding broker = only("broker");
    assertThat(broker.state()).isEqualTo(State.FAIL);
    assertThat(broker.what()).contains("cannot be reached");
  }

  @Test
  void namesABrokerThatSpeaksNoTls() throws Exception {
    try (ServerSocket broker = new ServerSocket(0, 1, LOOPBACK)) {
      Thread peer =
          new Thread(
              () -> {
                try (var accepted = broker.accept()) {
                  accepted
                      .getOutputStream()
                      .write("no TLS here\n".getBytes(StandardCharsets.US_ASCII));
                  accepted.getInputStream().read();
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      peer.start();
      replace("gateway.json", "mqtt://", "mqtts://");
      provision(broker.getLocalPort());
      assertThat(only("broker").what()).contains("speaks no TLS");
      peer.join();
    }
  }

  @Test
  void namesATakenPort() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, LOOPBACK)) {
      replace(
          "gateway.json",
          "\"status.port\": \"0\"",
          "\"status.port\": \"" + other.getLocalPort() + "\"");
      provision(1);
      assertThat(only("ports").state()).isEqualTo(State.WARN);
      assertThat(only("ports").what()).contains("taken");
    }
  }

  @Test
  void namesWhatIsWrongWithTheConfigurationAndThePolicy() throws Exception {
    assertThat(only("configuration").what()).contains("there is none");
    provision(1);
    Path snapshot = data().resolve("user/snapshots/snapshot_7.xml");
    Files.writeString(
        snapshot,
        Files.readString(data().resolve("user/snapshots/snapshot_0.xml")).replace(">10<", ">-10<"));
    assertThat(look())
        .anySatisfy(
            f -> {
              assertThat(f.state()).isEqualTo(State.FAIL);
              assertThat(f.what()).contains("snapshot_7.xml:").contains("must be");
            });
    Files.writeString(snapshot, "<broken");
    assertThat(only("configuration").state()).isEqualTo(State.FAIL);
    Files.delete(snapshot);
    Files.writeString(data().resolve("user/policy.json"), "{}");
    assertThat(only("policy").state()).isEqualTo(State.FAIL);
  }

  @Test
  void warnsWhenTheStreamsDoNotFitOnTheDisk() throws Exception {
    provision(1);
    Path seed = data().resolve("user/snapshots/snapshot_0.xml");
    Files.writeString(seed, Files.readString(seed).replace(">67108864<", ">900000000000000<"));
    assertThat(only("disk").state()).isEqualTo(State.WARN);
    assertThat(only("disk").advice()).contains("max.bytes");
  }

  @Test
  void passesOnWhatTheRunningGatewaySays() throws Exception {
    provision(closedPort());
    site =
        new Site(
            home(),
            data(),
            Optional.of(1L),
            Optional.of(
                "{\"problems\":[\"policy: expired\"],\"areas\":{\"cloud.x\":{\"facts\":{\"connected\":true}}}}"));
    assertThat(only("gateway").what()).isEqualTo("policy: expired");
    assertThat(only("broker").what()).isEqualTo("the gateway is connected");
    site = new Site(home(), data(), Optional.of(1L), Optional.empty());
    assertThat(only("gateway").state()).isEqualTo(State.WARN);
  }

  @Test
  void theCommandTellsTheSameInItsExitCodeAndAsJson() throws Exception {
    provision(closedPort());
    assertThat(station.execute("doctor", "--json")).isEqualTo(1);
    JsonObject answer = Json.parse(station.out()).asObject();
    assertThat(answer.get("well").asBoolean()).isFalse();
    assertThat(answer.get("checks").asArray()).hasSizeGreaterThan(9);
    assertThat(station.execute("doctor")).isEqualTo(1);
    assertThat(station.out()).contains("ok   java", "fail broker", "->");
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
      return socket.getLocalPort();
    }
  }
}
