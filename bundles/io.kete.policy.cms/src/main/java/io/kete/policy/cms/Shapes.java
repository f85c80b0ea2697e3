// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms;

import io.kete.data.api.Lineage;
import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import io.kete.policy.cms.document.Action;
import io.kete.policy.cms.document.Decision;
import io.kete.policy.cms.document.Decisions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was decided for the last sample of each asset. The samples of an asset nearly always have
 * the same channels in the same order, so the decisions of the one before serve again, and a
 * reading costs a comparison of its name. Used by one thread at a time.
 */
final class Shapes {

  private static final int MAX_ASSETS = 256;

  private final Map<String, Shape> shapes = new HashMap<>();
  private @Nullable Decisions decisions;

  /** The decisions for the readings of a sample, in their order. */
  Shape of(Decisions inForce, Sample sample) {
    if (decisions != inForce) {
      shapes.clear();
      decisions = inForce;
    }
    Shape known = shapes.get(sample.asset());
    if (known != null && known.fits(sample)) {
      return known;
    }
    Shape shape = Shape.of(inForce, sample);
    if (known != null || shapes.size() < MAX_ASSETS) {
      shapes.put(sample.asset(), shape);
    }
    return shape;
  }

  /** The channels of a sample and what is to be done with each. */
  static final class Shape {

    private final String[] channels;
    private final Action[] actions;
    private final List<Lineage> lineage;
    private final boolean open;
    private final Optional<Action.Seal> whole;

    private Shape(String[] channels, Action[] actions, List<Lineage> lineage) {
      this.channels = channels;
      this.actions = actions;
      this.lineage = lineage;
      boolean plain = true;
      boolean same = actions.length > 0 && lineage.isEmpty();
      for (int i = 0; i < actions.length; i++) {
        plain = plain && actions[i] instanceof Action.Plain;
        same =
            same
                && actions[i] instanceof Action.Seal
                && actions[i].equals(actions[0])
                && !BlockSealer.isReserved(channels[i]);
      }
      this.open = plain;
      this.whole =
          same && actions[0] instanceof Action.Seal seal ? Optional.of(seal) : Optional.empty();
    }

    static Shape of(Decisions decisions, Sample sample) {
      Map<String, Decision> derived = decisions.derived(sample);
      List<Reading> readings = sample.readings();
      String[] channels = new String[readings.size()];
      Action[] actions = new Action[readings.size()];
      for (int i = 0; i < channels.length; i++) {
        String channel = readings.get(i).channel();
        Decision inherited = derived.get(channel);
        channels[i] = channel;
        actions[i] =
            (inherited == null ? decisions.of(sample.asset(), channel) : inherited).action();
      }
      return new Shape(channels, actions, sample.lineage());
    }

    boolean fits(Sample sample) {
      List<Reading> readings = sample.readings();
      if (readings.size() != channels.length || !lineage.equals(sample.lineage())) {
        return false;
      }
      for (int i = 0; i < channels.length; i++) {
        if (!channels[i].equals(readings.get(i).channel())) {
          return false;
        }
      }
      return true;
    }

    /** Whether every reading leaves in clear. */
    boolean isOpen() {
      return open;
    }

    /** Present when all readings are sealed for the same recipients, and no model was at work. */
    Optional<Action.Seal> whole() {
      return whole;
    }

    Action action(int index) {
      return actions[index];
    }
  }
}
