// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.model;

import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import io.kete.model.api.Scorer;
import io.kete.policy.cms.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Offers bad models in two ways, by the drop folder and as installed bundles, lets others go bad
 * after an hour, lets one end the process, and offers good ones. Prints a line for each and a
 * verdict.
 */
public final class ModelZoo {

  private static final int BLOCK = 256;
  private static final int LEAST_BAD = 25;
  private static final String REPORT = "hs_err";

  private final Path folder;
  private final Identity authority = Identity.ec("zoo authority");
  private final List<String> faults = new ArrayList<>();
  private int bad;
  private int refused;
  private int good;
  private int admitted;

  private ModelZoo(Path folder) {
    this.folder = folder;
  }

  /**
   * Runs the proof, or its child.
   *
   * @param arguments working folder; {@code crash} or {@code restart} behind it for the child
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    if (arguments.length > 1) {
      System.exit(CrashChild.run(folder, arguments[1]));
    }
    ModelZoo zoo = new ModelZoo(folder);
    Files.createDirectories(folder.resolve("jars"));
    zoo.authority.store(zoo.anchors().resolve("model/zoo.pem"));
    zoo.refusals("dropin");
    zoo.refusals("bundle");
    zoo.goodOnes();
    zoo.rollBacks();
    zoo.crash();
    System.exit(zoo.verdict());
  }

  private Path anchors() {
    return folder.resolve("anchors");
  }

  private Station station(String name) throws Exception {
    Station station = new Station(folder.resolve(name), anchors(), Map.of());
    Path jar = folder.resolve("jars/good-" + name + ".jar");
    offer(station, name, ZooModel.of(1).write(jar, Optional.of(authority)));
    expect(station.version().equals("1.0.0"), "the first model does not serve in " + name);
    return station;
  }

  private void refusals(String way) throws Exception {
    try (Station station = station(way);
        Scorer scorer = station.open()) {
      int number = 0;
      for (BadModels.Bad one : BadModels.all()) {
        number++;
        if (!one.starts() && way.equals("bundle")) {
          continue;
        }
        Path jar = folder.resolve("jars/" + way + "-" + number + ".jar");
        one.model().write(jar, one.signed() ? Optional.of(authority) : Optional.empty());
        int before = station.toldUpstream().size();
        String local = offer(station, way, jar);
        List<String> told = station.toldUpstream();
        boolean remote = told.size() > before && told.get(told.size() - 1).contains(one.reason());
        boolean serves = servesUsual(station, scorer);
        bad++;
        boolean ok = local.contains(one.reason()) && remote && serves;
        refused += ok ? 1 : 0;
        System.out.printf("%-9s %-7s %-30s %s%n", ok ? "refused" : "FAULT", way, one.name(), local);
        List<String> since = told.subList(before, told.size());
        expect(ok, way + " " + one.name() + ": " + local + " remote " + since);
      }
    }
  }

  /** Brings a model in as an installed bundle, or else by the drop folder; gives the reason. */
  private static String offer(Station station, String way, Path jar) throws Exception {
    if (!way.equals("bundle")) {
      String name = String.valueOf(jar.getFileName());
      Files.copy(jar, station.data().resolve("dropin/models").resolve(name));
      station.look();
      Path reason = station.data().resolve("dropin/rejected").resolve(name + ".reason");
      return Files.exists(reason) ? Files.readString(reason).strip() : "no reason in a file";
    }
    station.install(jar);
    return station.slot().state().lastRefusal();
  }

  private static boolean servesUsual(Station station, Scorer scorer) {
    Sample scored = scorer.score(List.of(Station.sample(20, 30))).get(0);
    return station.version().equals("1.0.0") && isScored(scored, "1.0.0", 51);
  }

  static boolean isScored(Sample sample, String version, double score) {
    Reading last = sample.readings().get(sample.readings().size() - 1);
    return sample.lineage().size() == 1
        && sample.lineage().get(0).version().equals(version)
        && last instanceof Reading.Measured measured
        && measured.value().getValue() instanceof Number number
        && number.doubleValue() == score;
  }

  private void goodOnes() throws Exception {
    Map<String, ZooModel> models = new LinkedHashMap<>();
    int major = 1;
    for (int opset = 13; opset <= 17; opset++) {
      major++;
      models.put("opset " + opset, ZooModel.of(major).model(Onnx.usual(2, major, opset)));
    }
    major++;
    models.put(
        "window of 2", ZooModel.of(major).model(Onnx.usual(4, major, 13)).json(ModelZoo::twoSteps));
    major++;
    String trees =
        """
        {"format": "kete-trees/1", "width": 2, "outputs": [
          {"kind": "linear", "link": "identity", "intercept": %d, "weights": [1, 1]}]}
        """
            .formatted(major);
    models.put("trees", ZooModel.of(major).trees(trees));
    try (Station station = station("good");
        Scorer scorer = station.open()) {
      major = 1;
      for (Map.Entry<String, ZooModel> one : models.entrySet()) {
        major++;
        Path jar = folder.resolve("jars/fine-" + major + ".jar");
        offer(station, "dropin", one.getValue().write(jar, Optional.of(authority)));
        scorer.score(List.of(Station.sample(1, 1)));
        good++;
        boolean ok = station.version().equals(major + ".0.0");
        admitted += ok ? 1 : 0;
        System.out.printf("%-9s %-7s %s%n", ok ? "serves" : "FAULT", "dropin", one.getKey());
        expect(ok, one.getKey() + " is refused: " + station.slot().state().lastRefusal());
      }
    }
  }

  private static String twoSteps(String json) {
    return json.replace("\"steps\": 1", "\"steps\": 2")
        .replace("\"inputs\": [2, 3]", "\"inputs\": [2, 3, 0, 0]");
  }

  private void rollBacks() throws Exception {
    rollBack("no numbers after an hour", Onnx.fading(2), "got no finite score");
    rollBack("drifts after an hour", Onnx.drifting(2), "outside of min and max");
  }

  private void rollBack(String name, byte[] model, String reason) throws Exception {
    try (Station station = station(name.replace(' ', '-'));
        Scorer scorer = station.open()) {
      Path jar = folder.resolve("jars/" + name.replace(' ', '-') + ".jar");
      offer(station, "dropin", ZooModel.of(2).model(model).write(jar, Optional.of(authority)));
      scorer.score(Collections.nCopies(BLOCK, Station.sample(20, 30)));
      station.later(Duration.ofHours(1));
      scorer.score(Collections.nCopies(BLOCK, Station.sample(20, 30)));
      station.settle();
      boolean before = station.version().equals("2.0.0");
      scorer.score(Collections.nCopies(BLOCK, Station.sample(200, 300)));
      station.settle();
      String local = station.slot().state().lastRefusal();
      boolean remote = station.toldUpstream().stream().anyMatch(told -> told.contains(reason));
      bad++;
      boolean ok = before && local.contains(reason) && remote && servesUsual(station, scorer);
      refused += ok ? 1 : 0;
      System.out.printf("%-9s %-7s %-30s %s%n", ok ? "returned" : "FAULT", "dropin", name, local);
      expect(ok, name + ": served before " + before + ", " + local);
    }
  }

  /** A model that ends the process while it is loaded; the next process has to serve at once. */
  private void crash() throws Exception {
    Path data = folder.resolve("crash");
    station("crash").close();
    Path jar = folder.resolve("jars/crash.jar");
    ZooModel.of(2)
        .json("\"engine\": \"onnx\"", "\"engine\": \"crash\"")
        .header(
            "Provide-Capability",
            "io.kete.model;name=\"zoo\";version:Version=\"2.0.0\";engine=\"crash\"")
        .write(jar, Optional.of(authority));
    Files.copy(jar, data.resolve("dropin/models/crash.jar"));
    int first = child("crash");
    int second = child("restart");
    bad++;
    boolean ok = first != 0 && crashReported() && second == 0;
    refused += ok ? 1 : 0;
    System.out.printf(
        "%-9s %-7s %-30s exit codes %d, %d%n",
        ok ? "refused" : "FAULT", "dropin", "ends the process while loading", first, second);
    expect(ok, "a crash while loading: exit codes " + first + " and " + second);
  }

  private int child(String what) throws Exception {
    Path said = folder.resolve(what + ".out");
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                // what the process leaves behind names the thread that crashed
                "-XX:ErrorFile=" + folder.resolve(REPORT + "_pid%p.log"),
                "-XX:-CreateCoredumpOnCrash",
                ModelZoo.class.getName(),
                folder.toString(),
                what)
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    int code = process.waitFor();
    try (Stream<String> lines = Files.lines(said)) {
      lines.filter(line -> line.contains("child")).forEach(System.out::println);
    }
    return code;
  }

  /** Whether the process really crashed, as native code does, and did not end in another way. */
  private boolean crashReported() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> String.valueOf(file.getFileName()).startsWith(REPORT));
    }
  }

  private void expect(boolean holds, String fault) {
    if (!holds) {
      faults.add(fault);
    }
  }

  private int verdict() {
    faults.forEach(fault -> System.out.println("fault: " + fault));
    int kinds = BadModels.all().size() + 3;
    boolean holds = faults.isEmpty() && kinds >= LEAST_BAD;
    System.out.printf(
        "%s model-zoo: %d kinds of bad models, %d of %d offers refused or rolled back with the"
            + " reason locally and upstream, %d of %d good ones serve; bound: at least %d kinds,"
            + " all and all, the old one serves throughout%n",
        holds ? "PROVED" : "FAILED", kinds, refused, bad, admitted, good, LEAST_BAD);
    return holds ? 0 : 1;
  }
}
