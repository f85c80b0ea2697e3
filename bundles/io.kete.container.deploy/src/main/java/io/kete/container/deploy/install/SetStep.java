// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.install;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The points between the effects of an update from a repository. Whatever ends the process at one
 * of them, the next start finds all of the set or nothing of it. A debugger can hold the gateway at
 * each.
 */
public enum SetStep {
  /** The order was found. */
  ORDER_TAKEN,
  /** The repository is trusted and read. */
  INDEX_TRUSTED,
  /** It is known what has to come. */
  RESOLVED,
  /** A package is there and has the right digest. */
  FETCHED,
  /** All packages are accepted. */
  ADMITTED,
  /** Which packages are being installed is on disk. */
  SET_NOTED,
  /** Their files lie in the folder of the set. */
  SET_STAGED,
  /** One more of them is in the framework. */
  PART_INSTALLED,
  /** All of them work, but for models, which come last. */
  SET_JUDGED,
  /** Some do not; the former state is about to come back. */
  SET_FELL_THROUGH,
  /** It is back. */
  SET_TAKEN_BACK,
  /** The set is the installed one from here on. */
  SET_DECIDED,
  /** The file of one more of them is the installed one. */
  PART_COMMITTED,
  /** The files of all are. */
  SET_COMMITTED,
  /** The set becomes active with the next start of the framework. */
  SET_ON_TRIAL,
  /** After that start all of them work. */
  TRIAL_DONE,
  /** The outcome is on disk. */
  OUTCOME_TOLD;

  private static final Logger logger = LoggerFactory.getLogger(SetStep.class);

  /** Called where it is reached. */
  public void reached() {
    logger.debug("repository_step step={}", this);
  }
}
