// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.slot;

import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import io.kete.model.api.Binding;
import io.kete.model.api.ModelDescriptor;
import io.kete.model.api.Output;
import io.kete.model.api.Role;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the channels of a binding meet the names in a model. Versions of one model mostly have the
 * same names and share this: with many routes, what a change of versions leaves behind in memory
 * would make the next collection of garbage, in which all samples stand, several times as long. For
 * one thread at a time.
 */
final class Wiring {

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

  private final String model;
  private final List<String> roles;
  private final List<String> outputs;
  private final String[] channels;
  private final Doubts[] doubts;
  private final List<String> inputs;
  private final String[] scores;
  private final List<String> scoreNames;
  private final String problem;

  /** Where each role's channel was last; channels of an asset keep their places. */
  private final int[] places;

  /** Names at the places of the last sample that are none of a score. */
  private String[] others = new String[0];

  Wiring(ModelDescriptor descriptor, Binding binding) {
    this.model = descriptor.name();
    this.roles = descriptor.roles().stream().map(Role::name).toList();
    this.outputs = descriptor.outputs().stream().map(Output::name).toList();
    this.channels =
        roles.stream()
            .map(role -> binding.channels().getOrDefault(role, ""))
            .toArray(String[]::new);
    this.doubts = Arrays.stream(channels).map(Doubts::of).toArray(Doubts[]::new);
    this.places = new int[channels.length];
    this.inputs = Arrays.stream(channels).filter(name -> !name.isEmpty()).distinct().toList();
    String prefix = binding.prefix().isEmpty() ? descriptor.name() + "." : binding.prefix();
    this.scores = outputs.stream().map(output -> prefix + output).toArray(String[]::new);
    this.scoreNames = List.of(scores);
    this.problem = unbound(descriptor, binding);
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

  /** Whether this would be made of the descriptor again. */
  boolean fits(ModelDescriptor descriptor) {
    return model.equals(descriptor.name())
        && same(roles, descriptor.roles(), Role::name)
        && same(outputs, descriptor.outputs(), Output::name);
  }

  private static <T> boolean same(List<String> names, List<T> others, Function<T, String> name) {
    boolean same = names.size() == others.size();
    for (int i = 0; same && i < names.size(); i++) {
      same = names.get(i).equals(name.apply(others.get(i)));
    }
    return same;
  }

  String problem() {
    return problem;
  }

  List<String> roles() {
    return roles;
  }

  List<String> inputs() {
    return inputs;
  }

  /** Channels of the scores. */
  List<String> scores() {
    return scoreNames;
  }

  String score(int output) {
    return scores[output];
  }

  Doubts doubts(int role) {
    return doubts[role];
  }

  /** The reading for a role; its last place is looked at first. */
  @Nullable Reading find(Sample sample, int role) {
    List<Reading> readings = sample.readings();
    String channel = channels[role];
    int place = places[role];
    if (place < readings.size()) {
      Reading reading = readings.get(place);
      if (reading.channel().equals(channel)) {
        return reading;
      }
    }
    for (int i = 0; i < readings.size(); i++) {
      if (readings.get(i).channel().equals(channel)) {
        places[role] = i;
        return readings.get(i);
      }
    }
    return null;
  }

  /** Whether a score takes the place of a channel that was there, at this place of the sample. */
  @SuppressWarnings("ReferenceEquality") // the same text as before is the usual case
  boolean replaces(String channel, int place) {
    if (place < others.length && others[place] == channel) {
      return false;
    }
    for (String score : scores) {
      if (score.equals(channel)) {
        return true;
      }
    }
    if (place >= others.length) {
      others = Arrays.copyOf(others, place + 1);
    }
    others[place] = channel;
    return false;
  }
}
