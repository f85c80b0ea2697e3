// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.install;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The points between the effects of an operation. Whatever ends the process at one of them, the
 * next start finds one consistent state; the proof {@code deploy-kill-table} ends it at each.
 */
public enum Step {
  /** The order is on disk. */
  ORDER_NOTED,
  /** A file for the download exists. */
  FETCH_BEGUN,
  /** Half of a download is there. */
  FETCH_HALF,
  /** All bytes are on disk. */
  FETCHED,
  /** The hash was right. */
  FETCH_CHECKED,
  /** The download has its final name. */
  FETCH_KEPT,
  /** Its end was told. */
  FETCH_TOLD,
  /** The package was read through. */
  INSPECTED,
  /** Signature and names are accepted. */
  ADMITTED,
  /** Which file is being installed is on disk. */
  INSTALL_NOTED,
  /** The bundles of the installation have made place. */
  BASE_REMOVED,
  /** Deployment Admin is done. */
  SESSION_DONE,
  /** The package works. */
  JUDGED,
  /** The package has not worked; the former state is about to come back. */
  FELL_THROUGH,
  /** The former state is back. */
  TAKEN_BACK,
  /** The file of the package is the installed one. */
  COMMITTED,
  /** The removal is on disk. */
  REMOVAL_NOTED,
  /** Its bundles are gone. */
  REMOVED,
  /** The bundles of the installation are back. */
  BASE_RESTORED,
  /** The file of the package is gone. */
  REMOVAL_COMMITTED,
  /** The package becomes active with the next start of the framework. */
  TRIAL_STAGED,
  /** After that start the package works. */
  TRIAL_JUDGED,
  /** The outcome is on disk. */
  ENDING_NOTED,
  /** The outcome was handed to the broker. */
  ENDING_SENT,
  /** The broker has it, and the order is forgotten. */
  FORGOTTEN;

  private static final Logger logger = LoggerFactory.getLogger(Step.class);

  /** Called where it is reached. */
  public void reached() {
    logger.debug("deploy_step step={}", this);
  }
}
