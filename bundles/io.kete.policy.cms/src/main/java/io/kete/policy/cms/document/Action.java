// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms.document;

import io.kete.policy.api.Treatment;
import java.util.List;

/** What a rule does with the readings of a channel. */
public sealed interface Action {

  /** The kind of action. */
  Treatment treatment();

  /** Leaves in clear. */
  record Plain() implements Action {
    @Override
    public Treatment treatment() {
      return Treatment.PLAIN;
    }
  }

  /**
   * Leaves sealed.
   *
   * @param recipients names, sorted, each once; empty when there is nobody it could be sealed for
   */
  record Seal(List<String> recipients) implements Action {
    public Seal {
      recipients = recipients.stream().sorted().distinct().toList();
    }

    @Override
    public Treatment treatment() {
      return Treatment.SEAL;
    }
  }

  /**
   * Leaves as a keyed pseudonym.
   *
   * @param recipient for whom the pseudonym is stable; another recipient sees another one
   */
  record Pseudonymise(String recipient) implements Action {
    @Override
    public Treatment treatment() {
      return Treatment.PSEUDONYMISE;
    }
  }

  /** Leaves with less precision. */
  record Coarsen(Coarsening how) implements Action {
    @Override
    public Treatment treatment() {
      return Treatment.COARSEN;
    }
  }

  /** Stays on the site. */
  record Keep() implements Action {
    @Override
    public Treatment treatment() {
      return Treatment.KEEP;
    }
  }

  /** Is removed. */
  record Drop() implements Action {
    @Override
    public Treatment treatment() {
      return Treatment.DROP;
    }
  }
}
