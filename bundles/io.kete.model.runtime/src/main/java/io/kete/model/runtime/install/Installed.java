// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.install;

import io.kete.model.runtime.content.Candidate;
import java.util.Optional;

/**
 * A model bundle that the framework has.
 *
 * @param bundle its symbolic name
 * @param version its version
 * @param model name of its model, empty when it says none
 * @param candidate its model, empty when it cannot be used
 * @param reason why it cannot be used, else empty
 */
public record Installed(
    String bundle, String version, String model, Optional<Candidate> candidate, String reason) {}
