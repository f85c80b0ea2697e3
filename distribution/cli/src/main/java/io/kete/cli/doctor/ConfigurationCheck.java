// SPDX-License-Identifier: EPL-2.0
package io.kete.cli.doctor;

import io.kete.container.config.OfflineConfiguration;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Whether the installed bundles take the newest snapshot. */
record ConfigurationCheck(Site site) implements Check {

  private static final int SHOWN = 10;

  @Override
  public String name() {
    return "configuration";
  }

  @Override
  public List<Finding> look() throws IOException {
    Optional<OfflineConfiguration> newest;
    try {
      newest = OfflineConfiguration.newest(site.snapshots());
    } catch (IOException e) {
      return List.of(
          Finding.fail(
              name(),
              String.valueOf(e.getMessage()),
              "repair or remove that file; the one before it" + " is used"));
    }
    if (newest.isEmpty()) {
      return List.of(
          Finding.warn(
              name(), "there is none in " + site.snapshots(), "see kete provision --help"));
    }
    List<String> objections = newest.get().objections(site.home().resolve("bundles"));
    if (objections.isEmpty()) {
      return List.of(
          Finding.ok(name(), newest.get().properties().size() + " properties, all as defined"));
    }
    // what a package brought is not in the installation's folder: the gateway itself knows better
    return objections.stream()
        .limit(SHOWN)
        .map(
            objection ->
                objection.contains("no bundle has a component")
                    ? Finding.warn(
                        name(), objection, "right if a package brings it; else remove it")
                    : Finding.fail(name(), objection, "correct the value at that line"))
        .toList();
  }
}
