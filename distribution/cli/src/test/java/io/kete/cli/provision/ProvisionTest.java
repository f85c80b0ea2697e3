// SPDX-License-Identifier: EPL-2.0
package io.kete.cli.provision;

import static org.assertj.core.api.Assertions.assertThat;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import io.kete.cli.DataLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvisionTest {

  private static final int INPUTS = Integer.getInteger("kete.fuzz.inputs", 2_000);

  @TempDir Path directory;

  private Station station;
  private Path gateway;

  @BeforeEach
  void describe() throws IOException {
    station = new Station(directory);
    gateway = station.gateway(directory.resolve("gw-1"));
  }

  private int provision(String... more) {
    String[] args = new String[more.length + 2];
    args[0] = "provision";
    args[1] = gateway.toString();
    System.arraycopy(more, 0, args, 2, more.length);
    return station.execute(args);
  }

  private Path user(String file) {
    return station.data.resolve("user").resolve(file);
  }

  @Test
  void putsConfigurationRoutePolicyAndAnchorsInPlace() throws IOException {
    assertThat(provision()).as(station.err()).isZero();
    assertThat(station.out()).contains("gw-1: provisioned");
    assertThat(user("snapshots/snapshot_0.xml"))
        .content()
        .contains("uri: asset:pump-1?period=1000", "channel=temperature&amp;delta=0.5")
        .contains("<esf:value>A &amp; B</esf:value>", "hunter&lt;2")
        .contains(user("policy.json").toString())
        .doesNotContain("@gateway@", "@routes/");
    assertThat(user("policy.json.p7s")).exists();
    assertThat(user("anchors/policy/site.pem")).exists();
    assertThat(user("certificates/centre.pem")).exists();
    assertThat(user("secrets.properties")).doesNotExist();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(user("policy.json"))))
        .isEqualTo("rw-------");
  }

  @Test
  void twiceIsTheSameAsOnceAndKeepsWhatConsolesChangedSince() throws IOException {
    assertThat(provision()).isZero();
    Path later = Files.writeString(user("snapshots/snapshot_99.xml"), "of a console");
    Files.writeString(user("snapshots/snapshot_0.xml"), "sealed by the gateway");
    List<String> before = Station.contents(station.data);
    assertThat(provision("--json")).isZero();
    assertThat(Json.parse(station.out()).asObject().get("state").asString()).isEqualTo("unchanged");
    assertThat(Station.contents(station.data)).isEqualTo(before);
    Files.writeString(user("policy.json"), "changed by hand");
    assertThat(provision()).isZero();
    assertThat(station.out()).contains("provisioned");
    assertThat(later).doesNotExist();
    assertThat(station.data.resolve("pending/previous/user/snapshots/snapshot_99.xml")).exists();
  }

  @Test
  void onlyChecksWhenToldSo() throws IOException {
    List<String> before = Station.contents(station.data);
    assertThat(provision("--check")).as(station.err()).isZero();
    assertThat(Station.contents(station.data)).isEqualTo(before);
  }

  @Test
  void leavesARunningGatewayAloneUntilItsNextStart() throws IOException {
    Files.createDirectories(user("snapshots"));
    Files.writeString(user("snapshots/snapshot_0.xml"), "old");
    try (DataLock running = DataLock.take(station.data)) {
      assertThat(running.isHeld()).isTrue();
      assertThat(provision()).isZero();
      assertThat(station.out()).contains("when it is started again");
      assertThat(provision()).isZero();
      assertThat(user("snapshots/snapshot_0.xml")).hasContent("old");
    }
    assertThat(provision()).isZero();
    assertThat(station.out()).contains("already");
    assertThat(user("snapshots/snapshot_0.xml")).content().contains("gw-1");
  }

  private void refuses(String... reasons) throws IOException {
    List<String> before = Station.contents(station.data);
    assertThat(provision()).isEqualTo(1);
    assertThat(station.err()).contains(reasons).doesNotContain("hunter");
    assertThat(Station.contents(station.data)).isEqualTo(before);
    assertThat(provision("--json")).isEqualTo(1);
    assertThat(Json.parse(station.out()).asObject().get("state").asString()).isEqualTo("refused");
  }

  private void change(String file, String from, String to) throws IOException {
    Path path = gateway.resolve(file);
    String text = Files.readString(path);
    assertThat(text).contains(from);
    Files.writeString(path, text.replace(from, to));
  }

  @Test
  void refusesAConfigurationAGatewayWouldRefuse() throws IOException {
    change("gateway.json", "\"retry.seconds\": \"10\"", "\"retry.seconds\": \"-1\"");
    refuses("snapshot.xml:", "connect.retry-interval", "must be");
  }

  @Test
  void refusesAValueThatIsMissingAndNamesItsLine() throws IOException {
    change("gateway.json", "\"account\": \"water-works\",", "");
    refuses("snapshot.xml:134: no value for @account@");
  }

  @Test
  void refusesASecretThatWouldBeShown() throws IOException {
    change("snapshot.xml", "@site@", "@broker.password@");
    refuses("@broker.password@ stands outside a property of the type Password");
  }

  @Test
  void refusesAPolicyNobodySigned() throws IOException {
    change("policy.json", "\"version\": 1", "\"version\": 2");
    refuses("policy.json: ", "anchors/policy");
    Files.delete(gateway.resolve("policy.json.p7s"));
    refuses("policy.json.p7s is missing");
  }

  @Test
  void refusesARecipientWithoutCertificateAndWhatIsNone() throws IOException {
    Files.move(
        gateway.resolve("certificates/centre.pem"), gateway.resolve("certificates/other.pem"));
    refuses("'centre.pem', which is not in certificates");
    Files.writeString(gateway.resolve("certificates/centre.pem"), "no certificate");
    refuses("certificates/centre.pem is no certificate");
  }

  @Test
  void refusesLinksAndWhatDoesNotBelongThere() throws IOException {
    Path link = gateway.resolve("certificates/more.pem");
    Files.createSymbolicLink(link, Path.of("/etc/passwd"));
    refuses("certificates/more.pem is a link");
    Files.delete(link);
    Files.writeString(gateway.resolve("install.sh"), "rm");
    refuses("install.sh does not belong here");
  }

  @Test
  void refusesARouteThatIsMissingOrUsedNowhere() throws IOException {
    Files.writeString(gateway.resolve("routes/other.yaml"), "- route:");
    refuses("routes/other.yaml", "stand nowhere");
    Files.delete(gateway.resolve("routes/other.yaml"));
    Files.delete(gateway.resolve("routes/pump.yaml"));
    refuses("snapshot.xml:54: routes/pump.yaml is missing");
  }

  @Test
  void refusesADirectoryThatWasDamagedOnItsWay() throws IOException {
    Path csv = Files.writeString(directory.resolve("g.csv"), "gateway,site,pump.seed\ngw-2,x,1\n");
    Path out = directory.resolve("stations");
    Path template = station.template;
    assertThat(
            station.execute(
                "provision",
                "--template",
                template.toString(),
                "--csv",
                csv.toString(),
                "--out",
                out.toString()))
        .as(station.err())
        .isZero();
    gateway = out.resolve("gw-2");
    Path secrets = Files.writeString(directory.resolve("s"), "broker.password=x\n");
    Files.delete(gateway.resolve("routes/pump.yaml"));
    refuses("'routes/pump.yaml' is missing");
    Files.copy(template.resolve("routes/pump.yaml"), gateway.resolve("routes/pump.yaml"));
    refuses("no value for @broker.password@");
    assertThat(provision("--secrets", secrets.toString())).as(station.err()).isZero();
  }

  @Test
  void survivesAnyManifestAndTable() throws IOException {
    Random random = new Random(9);
    String manifest = Files.readString(gateway.resolve("gateway.json"));
    String table = "gateway,site\n\"a,\"\"b\",c\r\nd,e\n";
    for (int i = 0; i < INPUTS; i++) {
      String bad = changed(manifest, random);
      try {
        JsonObject again = Json.parse(Manifest.parse(bad).toJson()).asObject();
        assertThat(again.get("format").asString()).isEqualTo(Manifest.FORMAT);
      } catch (ProvisionException refused) {
        assertThat(refused.reasons()).isNotEmpty();
      }
      try {
        CsvTable parsed = CsvTable.parse("t.csv", changed(table, random));
        assertThat(parsed.rows())
            .allSatisfy(row -> assertThat(row.cells()).hasSameSizeAs(parsed.header()));
      } catch (ProvisionException refused) {
        assertThat(refused.getMessage()).startsWith("t.csv");
      }
    }
  }

  private static String changed(String text, Random random) {
    StringBuilder changed = new StringBuilder(text);
    for (int i = 0; i < 3; i++) {
      int at = random.nextInt(Math.max(1, changed.length()));
      if (changed.length() == 0) {
        return "";
      }
      switch (random.nextInt(4)) {
        case 0 -> changed.deleteCharAt(at);
        case 1 -> changed.insert(at, "\",{}[]:\n".charAt(random.nextInt(8)));
        case 2 -> changed.setCharAt(at, (char) random.nextInt(256));
        default -> changed.setLength(Math.max(1, at));
      }
    }
    return changed.toString();
  }
}
