// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.driver.descriptor;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Lists the drivers of this gateway with their channel keys. */
@ProviderType
public interface DriverDescriptorService {
  /** The descriptor of that driver instance. */
  Optional<DriverDescriptor> getDriverDescriptor(String driverPid);

  /** The descriptors of all driver instances. */
  List<DriverDescriptor> listDriverDescriptors();
}
