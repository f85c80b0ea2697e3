// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import io.kete.policy.cms.Identity;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ModelPackageCommandTest {

  private static final Path PUMP = Path.of("../../bundles/io.kete.models.pump.anomaly/model");

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** score = 0.5 + 2 flow - pressure */
  @BeforeEach
  void files() throws Exception {
    write(
        "model.json",
        """
        {"format": "kete-trees/1", "width": 2, "outputs": [
          {"kind": "linear", "link": "identity", "intercept": 0.5, "weights": [2, -1]}]}
        """);
    write("examples.csv", "flow,pressure,score\n1,1,1.5\n2,0.5,4\n0,0,0.5\n");
    Instant now = Instant.now();
    Identity vendor =
        Identity.ec("vendor", now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)));
    write("signer.pem", vendor.keyPem() + vendor.pem());
    Files.createDirectories(folder.resolve("trust/model"));
    write("trust/model/vendor.pem", vendor.pem());
    Files.createDirectories(folder.resolve("trust/package"));
    write("trust/package/vendor.pem", vendor.pem());
    Files.createDirectories(folder.resolve("models/model"));
    write("models/model/vendor.pem", vendor.pem());
    Files.createDirectories(folder.resolve("none"));
  }

  private Path write(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }

  private int execute(List<String> args) {
    CommandLine command = Kete.commandLine();
    command.setErr(new PrintWriter(err, true));
    command.setOut(new PrintWriter(out, true));
    return command.execute(args.toArray(new String[0]));
  }

  private int pack(String... more) {
    List<String> args =
        new ArrayList<>(List.of("model", "package", path("model.json"), "--name", "pump"));
    args.addAll(List.of("--version", "1.2.0", "--roles", "flow:m3/h,pressure:bar"));
    args.addAll(List.of("--golden", path("examples.csv"), "--out", path("out")));
    args.addAll(List.of(more));
    return execute(args);
  }

  private int packSigned(String... more) {
    List<String> args = new ArrayList<>(List.of("--sign", path("signer.pem")));
    args.addAll(List.of(more));
    return pack(args.toArray(new String[0]));
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private Path bundle() {
    return folder.resolve("out/io.kete.models.pump-1.2.0.jar");
  }

  private Path dp() {
    return folder.resolve("out/kete-model-pump_1.2.0.dp");
  }

  private JsonObject descriptor() throws Exception {
    try (ZipFile zip = new ZipFile(bundle().toFile())) {
      byte[] bytes = zip.getInputStream(zip.getEntry("model/model.json")).readAllBytes();
      return Json.parse(new String(bytes, StandardCharsets.UTF_8)).asObject();
    }
  }

  @Test
  void oneCommandMakesASignedBundleAndASignedPackage() throws Exception {
    assertThat(packSigned()).as(err.toString()).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .contains("packaged pump 1.2.0", "CN=vendor", "flow [m3/h], pressure [bar]")
        .contains("3 of 3 examples, all reproduced within 1.0E-5");
    assertThat(folder.resolve("out")).isDirectoryContaining(path -> path.equals(bundle()));
    try (ZipFile zip = new ZipFile(dp().toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName))
          .containsExactly(
              "META-INF/MANIFEST.MF", bundle().getFileName().toString(), "META-INF/package.p7s");
    }
    assertThat(folder.resolve("out").toFile().list()).as("nothing is left over").hasSize(2);
    for (Path file : List.of(bundle(), dp())) {
      List<String> verify = List.of("model", "verify", file.toString(), "--trust", path("trust"));
      assertThat(execute(verify)).as(err.toString()).isEqualTo(ExitCode.OK);
    }
    assertThat(out.toString()).contains("admitted: pump 1.2.0");
  }

  @Test
  void aPackageIsVerifiedByTheContainersCheckBeforeItsModelIs() throws Exception {
    assertThat(packSigned()).as(err.toString()).isEqualTo(ExitCode.OK);
    assertRefused(dp(), "models", "does not lead to a trust anchor", "no trust anchor");

    Path bare = copy("bare.dp", entry -> entry.equals("META-INF/package.p7s"), "");
    assertRefused(bare, "trust", "the package: its signature is not accepted: not signed");

    Path more = copy("more.dp", entry -> false, "payload.txt");
    assertRefused(more, "trust", "payload.txt");

    Path renamed = copy("renamed.dp", entry -> entry.endsWith(".jar"), "");
    assertRefused(renamed, "trust", "the package lacks");
  }

  private void assertRefused(Path file, String trust, String... oneOf) {
    out.getBuffer().setLength(0);
    List<String> args = List.of("model", "verify", file.toString(), "--trust", path(trust));
    assertThat(execute(args)).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).containsAnyOf(oneOf);
    assertThat(out.toString()).doesNotContain("admitted");
  }

  /** The package without some of its files, and perhaps with one more. */
  private Path copy(String name, Predicate<String> left, String more) throws Exception {
    Path file = folder.resolve(name);
    try (ZipFile from = new ZipFile(dp().toFile());
        ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(file))) {
      for (ZipEntry entry : Collections.list(from.entries())) {
        if (!left.test(entry.getName())) {
          to.putNextEntry(new ZipEntry(entry.getName()));
          from.getInputStream(entry).transferTo(to);
        }
        if (!more.isEmpty() && entry.getName().endsWith(".jar")) {
          to.putNextEntry(new ZipEntry(more));
        }
      }
    }
    return file;
  }

  @Test
  void theSameFilesGiveTheSameDigest() throws Exception {
    assertThat(packSigned("--json")).isEqualTo(ExitCode.OK);
    assertThat(packSigned("--json")).isEqualTo(ExitCode.OK);
    List<JsonObject> told = out.toString().lines().map(l -> Json.parse(l).asObject()).toList();
    assertThat(told.get(0)).isEqualTo(told.get(1));
    assertThat(told.get(0).getString("digest", "")).isEqualTo(ModelJar.read(bundle()).digest());
    assertThat(told.get(0).getInt("examples", 0)).isEqualTo(3);
    assertThat(told.get(0).getBoolean("admitted", false)).isTrue();
  }

  @Test
  void rangesComeFromTheExamplesAndStatisticsFromTheTrainingSet() throws Exception {
    assertThat(packSigned()).isEqualTo(ExitCode.OK);
    JsonObject flow = descriptor().get("roles").asArray().get(0).asObject();
    assertThat(flow.getDouble("min", -1)).isZero();
    assertThat(flow.getDouble("max", -1)).isEqualTo(2);
    assertThat(flow.get("mean")).isNull();

    Path training = write("training.csv", "score;flow;pressure\n1;10;1\n2;20;1\n3;60;4\n");
    assertThat(packSigned("--training", training.toString(), "--watch-drift"))
        .as(err.toString())
        .isEqualTo(ExitCode.OK);
    flow = descriptor().get("roles").asArray().get(0).asObject();
    assertThat(flow.getDouble("max", -1)).isEqualTo(60);
    assertThat(flow.getDouble("mean", -1)).isEqualTo(30);
    assertThat(flow.getDouble("deviation", -1)).isEqualTo(Math.sqrt(700));
    JsonObject score = descriptor().get("outputs").asArray().get(0).asObject();
    assertThat(score.getDouble("mean", -1)).isEqualTo(2);
    assertThat(score.getDouble("deviation", -1)).isEqualTo(1);
    JsonObject facts = descriptor().get("training").asObject();
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(training));
    assertThat(facts.getString("digest", "")).isEqualTo(HexFormat.of().formatHex(digest));
    assertThat(facts.getInt("rows", 0)).isEqualTo(3);
  }

  @Test
  void rolesWithScalingAreTakenFromAFile() throws Exception {
    write(
        "roles.json",
        """
        [{"name":"flow","unit":"","min":0,"max":9,"missing":"HOLD","offset":1,"scale":2},
         {"name":"pressure","unit":"","min":0,"max":9,"missing":"REFUSE","offset":0,"scale":1}]
        """);
    write("examples.csv", "flow,pressure,score\n1,1,-0.5\n3,0,2.5\n");
    List<String> args = new ArrayList<>(List.of("model", "package", path("model.json")));
    args.addAll(List.of("--name", "pump", "--version", "1.2.0", "--out", path("out")));
    args.addAll(List.of("--roles", path("roles.json"), "--golden", path("examples.csv")));
    args.addAll(List.of("--sign", path("signer.pem")));
    assertThat(execute(args)).as(err.toString()).isEqualTo(ExitCode.OK);
    assertThat(descriptor().get("roles").asArray().get(0).asObject().getString("missing", ""))
        .isEqualTo("HOLD");
  }

  @Test
  void windowsHaveAColumnForEachStep() throws Exception {
    write(
        "model.json",
        """
        {"format": "kete-trees/1", "width": 4, "outputs": [
          {"kind": "linear", "link": "identity", "intercept": 0, "weights": [1, 10, 100, 1000]}]}
        """);
    write("examples.csv", "flow@1,pressure@1,flow@2,pressure@2,score\n1,2,3,4,4321\n");
    assertThat(packSigned("--steps", "2")).as(err.toString()).isEqualTo(ExitCode.OK);
    assertThat(descriptor().getInt("steps", 0)).isEqualTo(2);
    assertThat(descriptor().get("roles").asArray().get(0).asObject().getDouble("max", -1))
        .isEqualTo(3);
  }

  @Test
  void manyExamplesAreSpreadEvenly() throws Exception {
    String rows =
        IntStream.rangeClosed(0, 1_000)
            .mapToObj(i -> i + ",0," + (2 * i + 0.5))
            .collect(Collectors.joining("\n"));
    write("examples.csv", "flow,pressure,score\n" + rows + "\n");
    assertThat(packSigned("--vectors", "5")).as(err.toString()).isEqualTo(ExitCode.OK);
    List<Double> flows =
        descriptor().get("golden").asArray().values().stream()
            .map(v -> v.asObject().get("inputs").asArray().get(0).asDouble())
            .toList();
    assertThat(flows).containsExactly(0.0, 250.0, 500.0, 750.0, 1000.0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "flow,pressure,score\\n1,1,9\\n | golden vector 1: output score differs by 7.5",
        "flow,pressure\\n1,1\\n | there is no column besides those of the roles",
        "flow,score\\n1,1\\n | there is no column pressure",
        "flow,pressure,score\\n | there is no row behind",
        "flow,pressure,score\\n1,x,1\\n | line 2: 'x' in column pressure is no finite number",
        "flow,pressure,score,more\\n1,1,1.5,3\\n | the model has 1 outputs, its descriptor names 2"
      })
  void whatAGatewayWouldRefuseIsNotPackaged(String examples, String reason) throws Exception {
    write("examples.csv", examples.replace("\\n", "\n"));
    assertThat(packSigned()).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("kete: not packaged").contains(reason);
    assertThat(folder.resolve("out").toFile().list()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "--latency,0,latencyLimitMicros",
    "--memory,10,memoryLimitBytes allows 10",
    "--tolerance,-1,tolerance must not be negative",
    "--steps,0,steps",
    "--vectors,0,--vectors 0 has to be from 1 to 1024",
    "--engine,none,there is no engine none",
    "--outputs,wrong,there is no column wrong"
  })
  void wrongOptionsAreNamed(String option, String value, String reason) throws Exception {
    assertThat(packSigned(option, value)).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains(reason);
    assertThat(bundle()).doesNotExist();
  }

  @Test
  void aKeyWithoutItsCertificateAndAnExpiredOneSignNothing() throws Exception {
    Instant past = Instant.now().minus(Duration.ofDays(9));
    Identity old = Identity.ec("old", past.minus(Duration.ofDays(1)), past);
    write("signer.pem", old.keyPem());
    assertThat(packSigned()).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("holds no certificate; name one with --cert");
    write("signer.pem", old.keyPem() + old.pem());
    assertThat(packSigned()).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("certificate of the signer is not valid now");
    assertThat(packSigned("--cert", path("trust/model/vendor.pem"))).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("is not the certificate of this key");
  }

  @Test
  void signingIsLeftOutOnlyWhenOneSaysSo() throws Exception {
    assertThat(pack()).isEqualTo(ExitCode.USAGE);
    assertThat(packSigned("--unsigned")).isEqualTo(ExitCode.USAGE);
    assertThat(pack("--unsigned")).as(err.toString()).isEqualTo(ExitCode.OK);
    String file = bundle().toString();
    assertThat(execute(List.of("model", "verify", file, "--trust", path("trust"))))
        .isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("refused: signature: not signed");
    assertThat(execute(List.of("model", "verify", file, "--allow-unsigned")))
        .isEqualTo(ExitCode.OK);
  }

  /** As a gateway lays the files out for the process of kete.model.trial. */
  @Test
  void verifyTakesAFolderAsTheTrialOfAGatewayGivesIt() throws Exception {
    assertThat(packSigned()).isEqualTo(ExitCode.OK);
    Path trial = Files.createDirectories(folder.resolve("trial"));
    try (ZipFile zip = new ZipFile(bundle().toFile())) {
      for (String name : List.of("model.json", "model.trees")) {
        Files.copy(zip.getInputStream(zip.getEntry("model/" + name)), trial.resolve(name));
      }
    }
    List<String> verify = List.of("model", "verify", "--allow-unsigned", trial.toString());
    assertThat(execute(verify)).as(err.toString()).isEqualTo(ExitCode.OK);
    Files.writeString(trial.resolve("model.trees"), "{}");
    assertThat(execute(verify)).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("refused: ");
  }

  @Test
  void verifyRefusesWhatIsChangedOrOfAStranger() throws Exception {
    assertThat(packSigned()).isEqualTo(ExitCode.OK);
    List<String> stranger =
        List.of("model", "verify", bundle().toString(), "--trust", path("none"), "--json");
    assertThat(execute(stranger)).isEqualTo(ExitCode.FAILED);
    assertThat(out.toString()).contains("{\"admitted\":false,\"reason\":\"signature: no trust");

    byte[] bytes = Files.readAllBytes(bundle());
    Files.write(bundle(), java.util.Arrays.copyOf(bytes, bytes.length / 2));
    List<String> cut = List.of("model", "verify", bundle().toString(), "--trust", path("trust"));
    assertThat(execute(cut)).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("the file is not a jar or is cut off");

    Path empty = write("empty.dp", "");
    assertThat(execute(List.of("model", "verify", empty.toString(), "--trust", path("trust"))))
        .isEqualTo(ExitCode.FAILED);
    assertThat(execute(List.of("model", "verify", bundle().toString()))).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void anOnnxModelIsProvedByOnnxRuntime() throws Exception {
    org.junit.jupiter.api.Assumptions.assumeTrue("amd64".equals(System.getProperty("os.arch")));
    JsonObject pump = Json.parse(Files.readString(PUMP.resolve("model.json"))).asObject();
    Path roles = write("roles.json", pump.get("roles").toString());
    StringBuilder csv = new StringBuilder("flow,pressure,vibration,current,temperature,score\n");
    pump.get("golden")
        .asArray()
        .forEach(
            vector ->
                csv.append(text(vector.asObject(), "inputs"))
                    .append(',')
                    .append(text(vector.asObject(), "outputs"))
                    .append('\n'));
    write("examples.csv", csv.toString());
    List<String> args = new ArrayList<>(List.of("model", "package", PUMP + "/model.onnx"));
    args.addAll(List.of("--name", "pump", "--version", "1.2.0", "--roles", roles.toString()));
    args.addAll(List.of("--golden", path("examples.csv"), "--out", path("out")));
    args.addAll(List.of("--sign", path("signer.pem")));
    assertThat(execute(args)).as(err.toString()).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("onnx, 3283 bytes", "24 of 24 examples");
    args.set(2, path("model.json"));
    args.addAll(List.of("--engine", "onnx"));
    assertThat(execute(args)).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("the file is not an ONNX model");
  }

  private static String text(JsonObject vector, String key) {
    return vector.get(key).asArray().values().stream()
        .map(Object::toString)
        .collect(Collectors.joining(","));
  }
}
