// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.slot;

import io.kete.data.api.Lineage;
import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import io.kete.model.api.Binding;
import io.kete.model.api.ModelDescriptor;
import io.kete.model.api.Output;
import io.kete.model.api.Role;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How one version reads and writes the samples of one binding; made once for both. */
final class Plan {

  /** How a role's reading can be other than good, as texts that are made once. */
  record Doubts(String missing, String held, String assumed, String uncertain, String unit) {

    static Doubts of(String channel) {
      return new Doubts(
          channel + " has no value",
          channel + " has no value, its last one is used",
          channel + " has no value, a constant is used",
          channel + " is uncertain",
          channel + " has another unit than the model expects");
    }
  }

  private static final int DIGEST_SHOWN = 12;

  private final Serving version;
  private final Role[] roles;
  private final Doubts[] doubts;
  private final String[] channels;
  private final int[] places;
  private final Output[] outputs;
  private final String[] names;
  private final List<Lineage> lineage;
  private final String problem;

  Plan(Serving version, String slot, Binding binding) {
    ModelDescriptor descriptor = version.descriptor();
    this.version = version;
    this.roles = descriptor.roles().toArray(new Role[0]);
    this.channels =
        Arrays.stream(roles)
            .map(role -> binding.channels().getOrDefault(role.name(), ""))
            .toArray(String[]::new);
    this.doubts = Arrays.stream(channels).map(Doubts::of).toArray(Doubts[]::new);
    this.places = new int[roles.length];
    this.outputs = descriptor.outputs().toArray(new Output[0]);
    String prefix = binding.prefix().isEmpty() ? descriptor.name() + "." : binding.prefix();
    this.names =
        Arrays.stream(outputs).map(output -> prefix + output.name()).toArray(String[]::new);
    this.problem = unbound(descriptor, binding);
    List<String> inputs =
        Arrays.stream(channels).filter(name -> !name.isEmpty()).distinct().toList();
    this.lineage =
        List.of(
            new Lineage(
                slot,
                descriptor.name(),
                descriptor.version(),
                version.digest().substring(0, DIGEST_SHOWN),
                inputs,
                List.of(names)));
  }

  /** Empty when the route binds every role, else what is wrong. */
  static String unbound(ModelDescriptor descriptor, Binding binding) {
    String missing =
        descriptor.roles().stream()
            .map(Role::name)
            .filter(role -> !binding.channels().containsKey(role))
            .collect(Collectors.joining(", "));
    return missing.isEmpty()
        ? ""
        : "route " + binding.route() + " binds no channel to role " + missing;
  }

  boolean isFor(Serving other) {
    return version == other;
  }

  String problem() {
    return problem;
  }

  Role[] roles() {
    return roles;
  }

  int steps() {
    return version.descriptor().steps();
  }

  int width() {
    return version.descriptor().width();
  }

  Output[] outputs() {
    return outputs;
  }

  List<String> roleNames() {
    return version.descriptor().roles().stream().map(Role::name).toList();
  }

  Doubts doubts(int role) {
    return doubts[role];
  }

  String channel(int output) {
    return names[output];
  }

  boolean writes(String channel) {
    for (String name : names) {
      if (name.equals(channel)) {
        return true;
      }
    }
    return false;
  }

  /** The reading for a role. Channels of an asset keep their places, so the last place is first. */
  @Nullable Reading find(Sample sample, int role) {
    List<Reading> readings = sample.readings();
    String channel = channels[role];
    int place = places[role];
    if (place < readings.size() && readings.get(place).channel().equals(channel)) {
      return readings.get(place);
    }
    for (int i = 0; i < readings.size(); i++) {
      if (readings.get(i).channel().equals(channel)) {
        places[role] = i;
        return readings.get(i);
      }
    }
    return null;
  }

  List<Lineage> lineageAfter(List<Lineage> before) {
    if (before.isEmpty()) {
      return lineage;
    }
    Lineage[] all = before.toArray(new Lineage[before.size() + 1]);
    all[before.size()] = lineage.get(0);
    return List.of(all);
  }
}
