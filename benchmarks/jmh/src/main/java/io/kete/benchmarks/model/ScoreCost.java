// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.model;

import ai.onnxruntime.OrtException;
import io.kete.data.api.Sample;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What a score costs on its way through the slot, samples in and samples with scores and lineage
 * out, against the call of ONNX Runtime for as many rows. Times are for one call.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ScoreCost {

  /** An autoencoder over 32 samples, or the pump's model, as small as one can be. */
  @Param({"window", "pump"})
  public String model = "";

  /** Samples that are scored at once. */
  @Param({"32", "1"})
  public int rows;

  private Optional<ServedModel> served = Optional.empty();
  private Optional<BareCall> bare = Optional.empty();

  /** Lets the model serve, and loads the same bytes once more without anything around them. */
  @Setup
  public void load() throws Exception {
    boolean window = model.equals("window");
    ZooModel bundle = window ? new Window().model() : PumpModel.read();
    List<String> roles = window ? EightRoles.NAMES : PumpModel.ROLES;
    served = Optional.of(new ServedModel(bundle, roles, rows));
    String input = window ? "x" : PumpModel.INPUT;
    int width = window ? Window.WIDTH : roles.size();
    bare = Optional.of(new BareCall(bundle.bytes(), input, rows, width));
  }

  /** The yardstick. */
  @Benchmark
  public float[] bareCall() throws OrtException {
    return bare.orElseThrow().run();
  }

  /** The same with a tensor that is kept: as little as there can be. */
  @Benchmark
  public float[] leastCall() throws OrtException {
    return bare.orElseThrow().runAgain();
  }

  /** Lease, windows, scaling, run, scores as readings, lineage. */
  @Benchmark
  public List<Sample> slot() {
    return served.orElseThrow().score();
  }

  /** Gives everything back. */
  @TearDown
  public void end() throws Exception {
    served.orElseThrow().close();
    bare.orElseThrow().close();
  }
}
