// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.model;

import io.kete.data.api.ClockQuality;
import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import io.kete.model.api.Binding;
import io.kete.model.api.Scorer;
import io.kete.policy.cms.Identity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.kura.type.TypedValues;

/** A model that serves in a slot of the product, with samples for it and its window full. */
final class ServedModel implements AutoCloseable {

  private final Station station;
  private final Scorer scorer;
  private final List<Sample> samples;

  ServedModel(ZooModel model, List<String> roles, int rows) throws Exception {
    Path folder = Files.createTempDirectory("kete-score");
    Identity authority = Identity.ec("score authority");
    authority.store(folder.resolve("anchors/model/score.pem"));
    station = new Station(folder.resolve("data"), folder.resolve("anchors"), Map.of());
    station.install(model.write(folder.resolve("model.jar"), Optional.of(authority)));
    scorer = station.slot().open(binding(roles));
    samples = samples(roles, rows);
    for (int i = 0; i < Window.STEPS; i++) {
      scorer.score(samples.subList(0, 1));
    }
    Sample last = score().get(rows - 1);
    if (last.lineage().size() != 1
        || last.readings().stream().anyMatch(Reading.Failed.class::isInstance)) {
      throw new IllegalStateException("not scored: " + station.slot().state());
    }
  }

  private static Binding binding(List<String> roles) {
    return new Binding(
        "r", roles.stream().collect(Collectors.toMap(Function.identity(), role -> role)), "");
  }

  private static List<Sample> samples(List<String> roles, int rows) {
    List<Sample> made = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      long time = 1_700_000_000_000L + 100L * i;
      List<Reading> readings = new ArrayList<>();
      for (String role : roles) {
        readings.add(Reading.Measured.good(role, TypedValues.newDoubleValue(0.5), "", time));
      }
      made.add(new Sample("pump-1", time, ClockQuality.SYNCHRONISED, readings));
    }
    return made;
  }

  List<Sample> score() {
    return scorer.score(samples);
  }

  @Override
  public void close() throws Exception {
    scorer.close();
    station.close();
  }
}
