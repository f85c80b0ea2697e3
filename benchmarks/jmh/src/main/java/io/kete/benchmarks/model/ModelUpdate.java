// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.model;

import static org.awaitility.Awaitility.await;

import ai.onnxruntime.OrtException;
import io.kete.demo.centre.Orders;
import io.kete.demo.link.Broker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Replaces a model of 10 MB with DEPLOY-V2 over HTTP, over a link of a site and over none, and
 * measures transfer, load and proof of the same model apart.
 */
public final class ModelUpdate {

  private static final int SIDE = 1_600;
  private static final long LIMIT = 64_000_000;
  private static final long LINK = 10_000_000;
  private static final double BOUND = 2;

  /** As often as the gate scores a golden vector. */
  private static final int PROOFS = 16;

  private final Path folder;
  private final HttpClient http = HttpClient.newHttpClient();

  private ModelUpdate(Path folder) {
    this.folder = folder;
  }

  /**
   * Runs the proof.
   *
   * @param arguments working folder, number of updates of each kind
   */
  public static void main(String[] arguments) throws Exception {
    boolean holds = new ModelUpdate(Path.of(arguments[0])).run(Integer.parseInt(arguments[1]));
    System.exit(holds ? 0 : 1);
  }

  /** Something whose time is measured. */
  @FunctionalInterface
  private interface Part {
    void run() throws Exception;
  }

  private static double millis(Part part) throws Exception {
    long begin = System.nanoTime();
    part.run();
    return (System.nanoTime() - begin) / 1e6;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private boolean run(int updates) throws Exception {
    try (Broker broker = new Broker(0);
        UpdateSite site = new UpdateSite(folder, broker.port());
        SlowServer server = new SlowServer(folder, LINK);
        Orders orders =
            new Orders(
                "tcp://127.0.0.1:" + broker.port(),
                Optional.empty(),
                UpdateSite.ACCOUNT,
                UpdateSite.GATEWAY)) {
      int major = 1;
      prove(model(major)); // the library is loaded once in a process
      Path first = site.pack(folder, model(major), major + ".0.0");
      update(site, orders, server.uri(first), major);
      double near = 0;
      double far = 0;
      for (boolean slow : List.of(false, true)) {
        server.slow(slow);
        List<Double> whole = new ArrayList<>();
        List<Double> apart = new ArrayList<>();
        for (int i = 0; i < updates; i++) {
          major++;
          int version = major;
          Path dp = site.pack(folder, model(version), version + ".0.0");
          apart.add(apart(server.uri(dp), model(version), slow));
          whole.add(update(site, orders, server.uri(dp), version));
        }
        double ratio = median(whole) / median(apart);
        System.out.printf(
            "%s: whole update %,.0f ms, transfer + load + prove apart %,.0f ms = %.2f x%n",
            slow ? "link of 10 Mbit/s" : "no link between", median(whole), median(apart), ratio);
        near = slow ? near : median(whole);
        far = slow ? ratio : far;
      }
      return told(far, near);
    }
  }

  private static boolean told(double far, double near) {
    System.out.printf(
        "%s model-update: a model of 10 MB over HTTP and 10 Mbit/s serves after %.2f x the time of"
            + " its transfer, load and proof apart; over loopback after %,.0f ms; bound: %.0f for"
            + " the first%n",
        far <= BOUND ? "PROVED" : "FAILED", far, near, BOUND);
    return far <= BOUND;
  }

  /** From the order until the version serves. */
  private static double update(UpdateSite site, Orders orders, String uri, int major)
      throws Exception {
    String version = major + ".0.0";
    long[] job = new long[1];
    double millis =
        millis(
            () -> {
              job[0] = orders.install(uri, UpdateSite.PACKAGE, version);
              site.awaitServing(version);
            });
    await("the order ends")
        .atMost(Duration.ofMinutes(2))
        .until(() -> orders.ending(job[0]).isPresent());
    String ending = orders.ending(job[0]).orElseThrow();
    if (!ending.startsWith("COMPLETED")) {
      throw new IllegalStateException(version + " " + ending);
    }
    return millis;
  }

  /** Transfer onto the medium, then load and proof in an engine that is warm. */
  private double apart(String uri, ZooModel model, boolean slow) throws Exception {
    Path file = folder.resolve("apart.dp");
    double transfer = millis(() -> fetch(uri, file));
    double load = millis(() -> prove(model));
    System.out.printf(
        "  %s: transfer %,.1f ms, load and prove %,.1f ms%n",
        slow ? "link" : "none", transfer, load);
    return transfer + load;
  }

  private void fetch(String uri, Path file) throws IOException, InterruptedException {
    http.send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofFile(file));
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static void prove(ZooModel model) throws OrtException {
    try (BareCall loaded = new BareCall(model.bytes(), "x", 1, EightRoles.COUNT)) {
      for (int i = 0; i < PROOFS; i++) {
        loaded.run();
      }
    }
  }

  /** All inputs added up and the version, and besides 10 MB of weights that come to nothing. */
  private static ZooModel model(int major) {
    Random random = new Random(major);
    float[] in = new float[EightRoles.COUNT * SIDE];
    float[] large = new float[SIDE * SIDE];
    for (int i = 0; i < large.length; i++) {
      large[i] = random.nextFloat();
    }
    Onnx graph =
        Onnx.sum(EightRoles.COUNT, major)
            .message(5, Onnx.weights("in", new int[] {EightRoles.COUNT, SIDE}, in))
            .message(5, Onnx.weights("large", new int[] {SIDE, SIDE}, large))
            .message(5, Onnx.weights("out", new int[] {SIDE, 1}, new float[SIDE]))
            .message(1, Onnx.node("MatMul", "first", "x", "in"))
            .message(1, Onnx.node("MatMul", "second", "first", "large"))
            .message(1, Onnx.node("MatMul", "nothing", "second", "out"))
            .message(1, Onnx.node("Add", "sum", "xw", "b"))
            .message(1, Onnx.node("Add", "y", "sum", "nothing"));
    return ZooModel.of(major)
        .model(Onnx.model(graph, 13))
        .json(usual -> EightRoles.descriptor(major, LIMIT));
  }
}
