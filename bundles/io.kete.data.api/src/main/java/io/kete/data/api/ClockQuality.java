// SPDX-License-Identifier: EPL-2.0
package io.kete.data.api;

/** How far the capture time of a sample can be trusted. */
public enum ClockQuality {
  /** Nothing is known about the clock. */
  UNKNOWN,
  /** The clock runs without a reference. */
  FREE_RUNNING,
  /** The clock follows a reference. */
  SYNCHRONISED
}
