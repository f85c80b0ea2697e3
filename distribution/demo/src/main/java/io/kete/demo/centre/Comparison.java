// SPDX-License-Identifier: EPL-2.0
package io.kete.demo.centre;

import io.kete.demo.plant.Truth.Served;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds what the centre has against what the device served: every state once, in order, every value
 * the same. A channel under a deadband may be absent, but only while its true value is within the
 * band around the last one received.
 */
public final class Comparison {

  private static final int MAX_DIFFERENCES = 20;
  private static final String SERIAL = "serial";

  private final Map<String, Double> deadbands;
  private final Map<String, Double> lastReceived = new HashMap<>();
  private final Map<String, Double> largestError = new HashMap<>();
  private final List<String> differences = new ArrayList<>();
  private long exact;
  private long missing;
  private long unread;
  private long values;
  private long suppressed;
  private long largestDelayMillis;

  /**
   * What came out.
   *
   * @param served states the device served
   * @param exact states that arrived as they were served
   * @param missing states that did not arrive
   * @param unread samples without a state, because the device did not answer
   * @param values values that were compared
   * @param suppressed values a deadband held back, each proven to be within its band
   * @param largestError the largest distance of a held-back value from the one received before, by
   *     channel
   * @param largestDelayMillis the largest distance between the device's time and the capture time
   * @param differences the first of everything that is wrong
   */
  public record Result(
      long served,
      long exact,
      long missing,
      long unread,
      long values,
      long suppressed,
      Map<String, Double> largestError,
      long largestDelayMillis,
      List<String> differences) {

    /** Whether everything arrived as it was served. */
    public boolean holds() {
      return served > 0 && exact == served && missing == 0 && differences.isEmpty();
    }
  }

  private Comparison(Map<String, Double> deadbands) {
    this.deadbands = deadbands;
  }

  /**
   * Compares.
   *
   * @param deadbands width of the band by channel
   * @param received in the order of their numbers
   */
  public static Result of(
      List<Served> served, List<Received> received, Map<String, Double> deadbands) {
    return new Comparison(deadbands).compare(served, received);
  }

  private Result compare(List<Served> served, List<Received> received) {
    int next = 0;
    for (Received sample : received) {
      if (sample.isGatewaysOwn()) {
        continue;
      }
      if (!(sample.values().get(SERIAL) instanceof Long serial)) {
        unread(sample);
        continue;
      }
      while (next < served.size() && served.get(next).serial() < serial) {
        missing++;
        differ("state " + served.get(next).serial() + " is missing before sample " + sample.seq());
        next++;
      }
      if (next < served.size() && served.get(next).serial() == serial) {
        same(served.get(next), sample);
        next++;
      } else {
        differ("sample " + sample.seq() + " holds state " + serial + " again or out of order");
      }
    }
    for (; next < served.size(); next++) {
      missing++;
      differ("state " + served.get(next).serial() + " never arrived");
    }
    return new Result(
        served.size(),
        exact,
        missing,
        unread,
        values,
        suppressed,
        Map.copyOf(largestError),
        largestDelayMillis,
        List.copyOf(differences));
  }

  private void unread(Received sample) {
    unread++;
    String quality = sample.qualities().getOrDefault(SERIAL, "");
    if (!quality.startsWith("BAD")) {
      differ("sample " + sample.seq() + " has no serial and no reason for that");
    }
  }

  private void same(Served served, Received sample) {
    boolean right = true;
    for (Map.Entry<String, Object> expected : served.values().entrySet()) {
      right &= sameValue(sample, expected.getKey(), expected.getValue());
    }
    for (String channel : sample.values().keySet()) {
      if (!served.values().containsKey(channel) && !sample.isMadeByModel(channel)) {
        right = false;
        differ("sample " + sample.seq() + " holds the unknown channel " + channel);
      }
    }
    largestDelayMillis =
        Math.max(largestDelayMillis, Math.abs(sample.timeMillis() - served.timeMillis()));
    if (right) {
      exact++;
    }
  }

  private boolean sameValue(Received sample, String channel, Object expected) {
    Object value = sample.values().get(channel);
    if (value == null) {
      return withinBand(sample, channel, expected);
    }
    values++;
    if (value instanceof Double number) {
      lastReceived.put(channel, number);
    }
    if (!value.equals(expected)) {
      differ("sample " + sample.seq() + ": " + channel + " is " + value + ", not " + expected);
      return false;
    }
    return true;
  }

  private boolean withinBand(Received sample, String channel, Object expected) {
    Double band = deadbands.get(channel);
    Double last = lastReceived.get(channel);
    if (band == null || last == null || !(expected instanceof Double value)) {
      differ(
          "sample "
              + sample.seq()
              + ": "
              + channel
              + " is missing ("
              + sample.qualities().getOrDefault(channel, "no reason")
              + ")");
      return false;
    }
    double error = Math.abs(value - last);
    largestError.merge(channel, error, Math::max);
    if (error > band) {
      differ(
          "sample "
              + sample.seq()
              + ": "
              + channel
              + " was held back although it moved by "
              + error);
      return false;
    }
    suppressed++;
    return true;
  }

  private void differ(String what) {
    if (differences.size() < MAX_DIFFERENCES) {
      differences.add(what);
    }
  }
}
