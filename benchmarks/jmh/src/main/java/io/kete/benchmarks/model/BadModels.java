// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.model;

import io.kete.policy.cms.Identity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What must not serve, each with a part of the reason that has to be told. */
final class BadModels {

  /**
   * One of them.
   *
   * @param name what is bad
   * @param model the bundle
   * @param reason part of the reason
   * @param signed whether the usual signer signs it
   * @param starts whether the framework starts it; what it does not start never offers a model
   */
  record Bad(String name, ZooModel model, String reason, boolean signed, boolean starts) {}

  private static final String DATA_ONLY = "data only";
  private static final int BOMB = 80 << 20;
  private static final String STEPS = "\"steps\": 1";

  private final List<Bad> all = new ArrayList<>();
  private int major = 100;

  private BadModels() {}

  static List<Bad> all() {
    BadModels bad = new BadModels();
    bad.archives();
    bad.signatures();
    bad.descriptors();
    bad.graphs();
    bad.operators();
    bad.behaviour();
    return bad.all;
  }

  private ZooModel next() {
    major++;
    return ZooModel.of(major);
  }

  private void add(String name, ZooModel model, String reason) {
    all.add(new Bad(name, model, reason, true, true));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void archives() {
    add("no model file", next().without(), "there is no file model/model.onnx");
    add("zip bomb", next().model(new byte[BOMB]), "longer than 67108864 bytes");
    add("a class inside", next().entry("model/Evil.class", new byte[4]), DATA_ONLY);
    add("a file elsewhere", next().entry("OSGI-INF/evil.xml", text("<x/>")), DATA_ONLY);
    ZooModel active = next().header("Bundle-Activator", "x.Evil");
    all.add(new Bad("activator", active, DATA_ONLY, true, false));
    add(
        "name differs in the manifest",
        next()
            .header(
                "Provide-Capability",
                "io.kete.model;name=\"zoo\";version:Version=\"7.7.7\";engine=\"onnx\""),
        "in the manifest and");
    add(
        "nameless",
        next()
            .header(
                "Provide-Capability", "io.kete.model;version:Version=\"9.0.0\";engine=\"onnx\""),
        "no attribute name");
  }

  private void signatures() {
    all.add(new Bad("unsigned", next(), "signature", false, true));
    add("wrong signer", next().signedBy(Identity.ec("stranger")), "signature");
    Instant end = Instant.parse("2026-02-01T00:00:00Z");
    add("expired signer", next().signedBy(Identity.ec("expired", Identity.FROM, end)), "signature");
    add("signature of other bytes", next().tampered(), "signature");
    add("older version", ZooModel.of(0), "older than");
    add("same version, other bytes", ZooModel.of(1).model(Onnx.usual(2, 1, 14)), "other bytes");
  }

  private void descriptors() {
    add("unknown key", next().json(STEPS, "\"steps\": 1, \"spets\": 2"), "unknown key 'spets'");
    add("missing key", next().json("\"steps\": 1,", ""), "has no 'steps'");
    add("key twice", next().json(STEPS, "\"steps\": 1, \"steps\": 2"), "twice");
    add("unbounded window", next().json(STEPS, "\"steps\": 1000000000"), "steps has to be");
    add("scale of nothing", next().json("\"scale\": 1}", "\"scale\": 0}"), "scale");
    add("cut off json", next().json(t -> t.substring(0, t.length() / 2)), "not JSON");
    add("nested json", next().json("\"digest\": \"\"", deep()), "nested deeper");
    add("no golden vector", next().json(t -> t.replaceAll("\\[\\{\"inputs.*\\]", "[]")), "golden");
    add("a role no route binds", next().json("\"pressure\"", "\"speed\""), "binds no channel");
    add("path as file name", next().json("model.onnx", "../model.onnx"), "file has to be");
    add("memory limit", next().json("1000000,", "100,"), "memoryLimitBytes allows 100");
  }

  private static String deep() {
    return "\"digest\": \"\", \"x\": " + "[".repeat(100) + "]".repeat(100);
  }

  private void graphs() {
    byte[] usual = Onnx.usual(2, 1, 13);
    add("cut off", next().model(Arrays.copyOf(usual, usual.length - 20)), "cut off");
    add("no model at all", next().model(text("Hello, gateway!")), "not an ONNX model");
    add("wrong shape", next().model(Onnx.usual(3, 1, 13)), "the descriptor needs");
    Onnx whole = Onnx.graph(Onnx.INT64, 2, 2).message(1, Onnx.node("Neg", "y", "x"));
    add("wrong type", next().model(Onnx.model(whole, 13)), "not a float32 tensor");
    Onnx pair = Onnx.graph(Onnx.FLOAT, 2, 2).message(1, Onnx.node("Neg", "y", "x"));
    add("too many outputs", next().model(Onnx.model(pair, 13)), "names 1 outputs");
    Onnx outside =
        Onnx.shape(2, 1)
            .number(2, Onnx.FLOAT)
            .text(8, "b")
            .message(13, new Onnx().text(1, "location").text(2, "/etc/hostname"));
    add("external data", next().model(withB(outside)), "outside its file");
    Onnx huge = Onnx.shape(1 << 30).number(2, Onnx.FLOAT).text(8, "b");
    add("huge dimension", next().model(withB(huge)), "a tensor has the dimension");
    Onnx hog = Onnx.shape(1 << 12, 1 << 12).number(2, Onnx.FLOAT).text(8, "b");
    add("memory hog, weights", next().model(withB(hog)), "memoryLimitBytes");
  }

  private static byte[] withB(Onnx b) {
    Onnx graph =
        Onnx.graph(Onnx.FLOAT, 2, 1).message(5, b).message(1, Onnx.node("MatMul", "y", "x", "b"));
    return Onnx.model(graph, 13);
  }

  private void operators() {
    for (String operator : List.of("Frobnicate", "Loop", "ConstantOfShape", "RandomNormalLike")) {
      Onnx graph = Onnx.sum(2, 1).message(1, Onnx.node(operator, "y", "xw"));
      add("operator " + operator, next().model(Onnx.model(graph, 13)), "operator " + operator);
    }
    Onnx foreign = Onnx.sum(2, 1).message(1, Onnx.node("Relu", "y", "xw").text(7, "evil.ops"));
    add("foreign operator", next().model(Onnx.model(foreign, 13)), "evil.ops.Relu");
  }

  private void behaviour() {
    add("wrong golden", next().json("\"outputs\": [1", "\"outputs\": [9"), "golden vector 1");
    Onnx nan =
        Onnx.sum(2, 1)
            .message(1, Onnx.node("Sub", "zero", "xw", "xw"))
            .message(1, Onnx.node("Div", "y", "zero", "zero"));
    add("NaN", next().model(Onnx.model(nan, 13)), "golden vector 1");
    add(
        "slow",
        next()
            .model(slow())
            .json("200000", "1")
            .json("1000000,", "9000000,")
            .json(t -> t.replaceAll("\"outputs\": \\[1\\d\\d\\]", "\"outputs\": [5]")),
        "latencyLimitMicros allows 1");
    add("trees, wrong width", next().trees(trees(3)), "width");
    add("trees, no JSON", next().trees("{"), "JSON");
  }

  private static String trees(int width) {
    return """
    {"format": "kete-trees/1", "width": %d, "outputs": [
      {"kind": "linear", "link": "identity", "intercept": 0, "weights": [1, 1, 1]}]}
    """
        .formatted(width);
  }

  /** A product of large matrices, which takes far more than a microsecond. */
  private static byte[] slow() {
    int side = 1024;
    float[] once = new float[2 * side];
    float[] square = new float[side * side];
    float[] back = new float[side];
    Onnx graph =
        Onnx.graph(Onnx.FLOAT, 2, 1)
            .message(5, Onnx.weights("a", new int[] {2, side}, once))
            .message(5, Onnx.weights("s", new int[] {side, side}, square))
            .message(5, Onnx.weights("z", new int[] {side, 1}, back))
            .message(1, Onnx.node("MatMul", "xa", "x", "a"))
            .message(1, Onnx.node("MatMul", "xs", "xa", "s"))
            .message(1, Onnx.node("MatMul", "xz", "xs", "z"))
            .message(5, Onnx.weights("w", new int[] {2, 1}, 1, 1))
            .message(1, Onnx.node("MatMul", "xw", "x", "w"))
            .message(1, Onnx.node("Add", "y", "xw", "xz"));
    return Onnx.model(graph, 13);
  }
}
