// SPDX-License-Identifier: EPL-2.0
package io.kete.cli.provision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateTest {

  @TempDir Path directory;

  private Station station;
  private Path out;

  @BeforeEach
  void template() throws IOException {
    station = new Station(directory);
    out = directory.resolve("stations");
  }

  private int expand(String csv) throws IOException {
    Path table = Files.writeString(directory.resolve("gateways.csv"), csv);
    return station.execute(
        "provision",
        "--template",
        station.template.toString(),
        "--csv",
        table.toString(),
        "--out",
        out.toString());
  }

  private static String rows(int count) {
    StringBuilder csv = new StringBuilder("gateway,site,pump.seed,broker.url\n");
    IntStream.rangeClosed(1, count)
        .forEach(
            i ->
                csv.append(
                    "gw-%02d,\"House %d, left\",%d,mqtt://b%d:1883\n".formatted(i, i, i, i)));
    return csv.toString();
  }

  @Test
  void makesFiftyGatewaysThatCanEachBeProvisioned() throws IOException {
    assertThat(expand(rows(50))).as(station.err()).isZero();
    try (Stream<Path> gateways = Files.list(out)) {
      assertThat(gateways).hasSize(50);
    }
    Path secrets = Files.writeString(directory.resolve("s"), "broker.password=x\n");
    for (int i = 1; i <= 50; i++) {
      String gateway = out.resolve("gw-%02d".formatted(i)).toString();
      assertThat(station.execute("provision", gateway, "--check", "--secrets", secrets.toString()))
          .as(station.err())
          .isZero();
    }
    assertThat(
            station.execute(
                "provision", out.resolve("gw-17").toString(), "--secrets", secrets.toString()))
        .isZero();
    assertThat(station.data.resolve("user/snapshots/snapshot_0.xml"))
        .content()
        .contains("House 17, left", "mqtt://b17:1883", "<esf:value>gw-17</esf:value>");
  }

  @Test
  void theTableBesideTheTemplateFits() throws IOException {
    assertThat(expand(Files.readString(Path.of("../../kura-config/gateways.csv"))))
        .as(station.err())
        .isZero();
    assertThat(out.resolve("station-02/gateway.json"))
        .content()
        .contains("Pump house South, lower");
  }

  private void refuses(String csv, String... reasons) throws IOException {
    assertThat(expand(csv)).isEqualTo(1);
    assertThat(station.err()).contains(reasons).doesNotContain("hunter");
    assertThat(out).doesNotExist();
  }

  @Test
  void refusesASecretInTheTemplate() throws IOException {
    station.edit("snapshot.xml", "@broker.password@", "hunter2");
    refuses(rows(1), "password holds a password; write @name@ there");
    station.edit("snapshot.xml", "<esf:value>hunter2<", "<esf:value>@broker.password@<");
    station.edit("gateway.json", "\"account\"", "\"broker.password\": \"hunter2\", \"account\"");
    refuses(rows(1), "gateway.json gives the secret @broker.password@");
    station.edit("gateway.json", "\"broker.password\": \"hunter2\", ", "");
    station.edit("snapshot.xml", "@broker.url@", "mqtt://me:hunter2@broker:1883");
    refuses(
        rows(1).replace(",broker.url", ",account"), "broker-url holds a password in an address");
  }

  @Test
  void refusesKeysAndSecretFilesInTheTemplate() throws IOException {
    station.write("identity/gateway.pem", "-----BEGIN PRIVATE KEY-----\nhunter");
    refuses(rows(1), "identity/gateway.pem holds a private key");
    Files.delete(station.template.resolve("identity/gateway.pem"));
    station.write("identity/gateway.p12", "hunter");
    refuses(rows(1), "identity/gateway.p12 holds a private key");
    Files.delete(station.template.resolve("identity/gateway.p12"));
    station.write("secrets.properties", "broker.password=hunter2\n");
    refuses(rows(1), "secrets.properties holds secrets");
  }

  @Test
  void refusesASecretInTheTable() throws IOException {
    refuses(
        "gateway,site,pump.seed,broker.password\ngw,x,1,hunter2\n",
        "gateways.csv gives the secret @broker.password@");
  }

  @Test
  void namesTheLineOfATableThatIsWrong() throws IOException {
    refuses(
        "gateway,site,pump.seed\ngw,x,1\ngw,x,2\n", "gateways.csv:3: the gateway gw stands twice");
    refuses("gateway,site,pump.seed\n../../etc,x,1\n", "gateways.csv:2: '../../etc' is no name");
    refuses(
        "gateway,site,pump.sed\ngw,x,1\n", "gateways.csv:1: the template has no place @pump.sed@");
    refuses("gateway,site\ngw,x\n", "gateways.csv:2: no value for [pump.seed]");
    refuses("gateway,site,pump.seed\ngw,x\n", "gateways.csv:2: 2 cells instead of 3");
    refuses(
        "gateway,site,pump.seed\ngw,x,much\n",
        "gateways.csv:2: snapshot.xml:12: pump-simulator: seed");
    refuses("site,pump.seed\nx,1\n", "the column gateway is missing");
    refuses("gateway,site,pump.seed\n", "no gateway in this table");
  }
}
