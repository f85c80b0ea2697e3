// SPDX-License-Identifier: EPL-2.0
package io.kete.status;

import io.kete.data.api.Reading;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.type.LongValue;
import org.eclipse.kura.type.StringValue;
import org.eclipse.kura.type.TypedValue;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;

/**
 * Which bundles a gateway has and which of them do not run.
 *
 * @param bundles how many there are
 * @param active how many run
 * @param failed {@code name/version=STATE} of those that should run and do not, sorted, at most 20
 * @param digest of all names, versions and states: gateways with the same digest have the same
 */
record BundleStates(long bundles, long active, List<String> failed, String digest) {

  private static final int MAX_NAMED = 20;
  private static final Map<Integer, String> STATES =
      Map.of(
          Bundle.UNINSTALLED, "UNINSTALLED",
          Bundle.INSTALLED, "INSTALLED",
          Bundle.RESOLVED, "RESOLVED",
          Bundle.STARTING, "STARTING",
          Bundle.STOPPING, "STOPPING",
          Bundle.ACTIVE, "ACTIVE");

  BundleStates {
    failed = List.copyOf(failed);
  }

  static BundleStates of(Bundle... bundles) {
    List<String> lines = Arrays.stream(bundles).map(BundleStates::line).sorted().toList();
    List<String> failed =
        Arrays.stream(bundles)
            .filter(bundle -> !runs(bundle))
            .map(BundleStates::line)
            .sorted()
            .limit(MAX_NAMED)
            .toList();
    long active = Arrays.stream(bundles).filter(b -> b.getState() == Bundle.ACTIVE).count();
    return new BundleStates(bundles.length, active, failed, digest(lines));
  }

  /** Runs, or is one that never does: a fragment, or one that waits for its first class. */
  static boolean runs(Bundle bundle) {
    return bundle.getState() == Bundle.ACTIVE
        || bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null
        || (bundle.getState() == Bundle.STARTING
            && bundle.getHeaders().get(Constants.BUNDLE_ACTIVATIONPOLICY) != null);
  }

  static String name(int state) {
    return STATES.getOrDefault(state, "UNKNOWN");
  }

  private static String line(Bundle bundle) {
    return bundle.getSymbolicName() + '/' + bundle.getVersion() + '=' + name(bundle.getState());
  }

  private static String digest(List<String> lines) {
    try {
      byte[] text = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The state as readings of one moment. */
  List<Reading> readings(long timeMillis) {
    return List.of(
        reading("bundles", new LongValue(bundles), timeMillis),
        reading("active", new LongValue(active), timeMillis),
        reading("failed", new StringValue(String.join(",", failed)), timeMillis),
        reading("digest", new StringValue(digest), timeMillis));
  }

  private static Reading reading(String channel, TypedValue<?> value, long timeMillis) {
    return Reading.Measured.good(channel, value, "", timeMillis);
  }
}
