// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.message;

/** How bad an alert is. */
public enum KuraAlertSeverity {
  WARNING,
  CRITICAL
}
