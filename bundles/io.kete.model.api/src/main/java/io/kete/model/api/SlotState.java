// SPDX-License-Identifier: EPL-2.0
package io.kete.model.api;

import java.util.Objects;
import java.util.Optional;

/**
 * What a slot runs.
 *
 * @param serving the version that serves, empty when there is none
 * @param lastRefusal why the last candidate was refused, empty when it was not
 */
public record SlotState(Optional<Identity> serving, String lastRefusal) {

  public SlotState {
    Objects.requireNonNull(serving, "serving");
    Objects.requireNonNull(lastRefusal, "lastRefusal");
  }

  /**
   * Which model.
   *
   * @param model name
   * @param version semantic version
   * @param digest SHA-256 over descriptor and model in hexadecimal
   */
  public record Identity(String model, String version, String digest) {

    public Identity {
      Objects.requireNonNull(model, "model");
      Objects.requireNonNull(version, "version");
      Objects.requireNonNull(digest, "digest");
    }
  }
}
