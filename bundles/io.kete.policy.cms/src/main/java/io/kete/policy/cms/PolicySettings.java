// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms;

import io.kete.policy.cms.envelope.EpochLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The configuration, checked.
 *
 * @param document text of the policy document, empty when it is in a file
 * @param file file of the policy document, empty when there is none
 * @param signature signature of the document in Base64, empty when it is in a file beside the
 *     document
 * @param certificates folder of the recipients' certificates
 * @param anchors folder of the certificates of those who may sign
 * @param limits when a key epoch ends
 * @param rotation every other text begins new key epochs
 * @param erased key epochs that must disappear from this gateway
 * @param config folder that relative paths start from
 */
record PolicySettings(
    String document,
    String file,
    String signature,
    Path certificates,
    Path anchors,
    EpochLimits limits,
    String rotation,
    Set<String> erased,
    Path config) {

  private static final Pattern EPOCH = Pattern.compile("[0-9a-f]{16}");
  private static final int MAX_HOURS = 8760;

  static PolicySettings of(CmsPolicyConfig config, Path directory) {
    return new PolicySettings(
        config.policy().strip().isEmpty() ? "" : config.policy(),
        config.policy_file().strip(),
        config.policy_signature().strip(),
        folder(directory, config.certificates_directory(), "certificates.directory"),
        folder(directory, config.anchors_directory(), "anchors.directory"),
        new EpochLimits(
            Duration.ofHours(inRange(config.epoch_hours(), MAX_HOURS, "epoch.hours")),
            inRange(config.epoch_uses(), EpochLimits.MAX_USES, "epoch.uses")),
        config.epoch_rotate(),
        epochs(config.epoch_erase()),
        directory);
  }

  static PolicySettings nothing(Path directory) {
    return new PolicySettings(
        "",
        "",
        "",
        directory,
        directory.resolve("anchors"),
        new EpochLimits(Duration.ofHours(24), 1L << 20),
        "",
        Set.of(),
        directory);
  }

  /** The same with another text of rotation. */
  PolicySettings rotated(String text) {
    return new PolicySettings(
        document, file, signature, certificates, anchors, limits, text, erased, config);
  }

  private static Set<String> epochs(String list) {
    Set<String> epochs = new TreeSet<>();
    for (String epoch : list.strip().toLowerCase(Locale.ROOT).split("[\\s,;]+", -1)) {
      if (!epoch.isEmpty() && !EPOCH.matcher(epoch).matches()) {
        throw new IllegalArgumentException(
            CmsPolicy.PID
                + ": epoch.erase="
                + epoch
                + " is no key epoch; 16 hexadecimal digits are needed");
      }
      if (!epoch.isEmpty()) {
        epochs.add(epoch);
      }
    }
    return Set.copyOf(epochs);
  }

  /** Whether nothing changed that a key epoch depends on. */
  boolean sameKeys(PolicySettings other) {
    return certificates.equals(other.certificates)
        && limits.equals(other.limits)
        && rotation.equals(other.rotation);
  }

  static long inRange(long value, long max, String key) {
    if (value < 1 || value > max) {
      throw new IllegalArgumentException(
          CmsPolicy.PID + ": " + key + "=" + value + " is not in 1.." + max);
    }
    return value;
  }

  private static Path folder(Path directory, String name, String key) {
    if (name.isBlank()) {
      throw new IllegalArgumentException(
          CmsPolicy.PID + ": " + key + " is empty; a folder is needed");
    }
    return directory.resolve(name.strip()).normalize();
  }
}
