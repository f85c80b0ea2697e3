// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.system;

import org.osgi.annotation.versioning.ProviderType;

/** Acts on the machine. */
@ProviderType
public interface SystemAdminService {
  /** How long the machine runs, in ms, as text. */
  String getUptime();

  /** Restarts the machine. */
  void reboot();

  /** Writes what the system holds in memory to its disks. */
  void sync();
}
