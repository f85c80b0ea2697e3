// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.driver;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Finds drivers; a service reference with a target filter is preferred. */
@ProviderType
@Deprecated
public interface DriverService {
  /** The driver with that {@code kura.service.pid}, or null. */
  @Nullable Driver getDriver(String driverPid);

  /** The {@code kura.service.pid} of that driver, or null when it is not registered. */
  @Nullable String getDriverPid(Driver driver);

  /** Every registered driver. */
  List<Driver> listDrivers();
}
