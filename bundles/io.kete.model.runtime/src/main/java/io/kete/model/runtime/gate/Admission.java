// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.gate;

import io.kete.model.api.LoadedModel;
import io.kete.model.api.ModelEngine;
import io.kete.model.runtime.content.ModelFiles;

/** What the gate says of a model. */
public sealed interface Admission {

  /**
   * It may serve.
   *
   * @param model in memory; whoever gets it closes it
   * @param engine what loaded it
   * @param files its bytes
   * @param signer who signed it, {@code nobody} when unsigned models are allowed, {@code kept} when
   *     it had been admitted before
   */
  record Proved(LoadedModel model, ModelEngine engine, ModelFiles files, String signer)
      implements Admission {}

  /**
   * Something is not there that is needed to judge.
   *
   * @param reason what is awaited
   */
  record Waits(String reason) implements Admission {}

  /**
   * It must not serve.
   *
   * @param reason why
   * @param lasting whether the same bytes would be refused again
   */
  record Refused(String reason, boolean lasting) implements Admission {}
}
