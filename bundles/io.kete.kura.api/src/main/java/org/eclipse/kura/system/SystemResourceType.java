// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.system;

/** The kinds of software on a gateway. */
public enum SystemResourceType {
  BUNDLE,
  DP,
  RPM,
  DEB,
  DOCKER,
  CONTAINER_IMAGE,
  APK,
  UNKNOWN
}
