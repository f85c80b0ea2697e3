// SPDX-License-Identifier: EPL-2.0
package io.kete.container.asset;

import java.util.List;
import java.util.Optional;
import org.eclipse.kura.driver.Driver;
import org.eclipse.kura.driver.DriverService;
import org.eclipse.kura.driver.descriptor.DriverDescriptor;
import org.eclipse.kura.driver.descriptor.DriverDescriptorService;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Finds the drivers of this gateway and tells which keys they want on a channel. */
@Component(
    name = "io.kete.container.asset.DriverDirectory",
    service = {DriverService.class, DriverDescriptorService.class})
@SuppressWarnings("deprecation") // Kura keeps DriverService for old bundles
public final class DriverDirectory implements DriverService, DriverDescriptorService {

  private static final String FACTORY_PID = "service.factoryPid";

  private final Tracked<Driver> drivers;

  /** Tracks drivers from now on. */
  @Activate
  public DriverDirectory(BundleContext context) {
    drivers = Tracked.all(context, Driver.class);
  }

  @Deactivate
  void stop() {
    drivers.close();
  }

  @Override
  public @Nullable Driver getDriver(String driverPid) {
    return drivers.find(driverPid).orElse(null);
  }

  @Override
  public @Nullable String getDriverPid(Driver driver) {
    return drivers.pidOf(driver).orElse(null);
  }

  @Override
  public List<Driver> listDrivers() {
    return drivers.list();
  }

  @Override
  public Optional<DriverDescriptor> getDriverDescriptor(String driverPid) {
    return listDriverDescriptors().stream()
        .filter(descriptor -> driverPid.equals(descriptor.getPid()))
        .findFirst();
  }

  @Override
  public List<DriverDescriptor> listDriverDescriptors() {
    return drivers.entries().entrySet().stream()
        .map(entry -> describe(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static DriverDescriptor describe(ServiceReference<Driver> reference, Driver driver) {
    return new DriverDescriptor(
        Tracked.pid(reference),
        Tracked.text(reference, FACTORY_PID),
        driver.getChannelDescriptor().getDescriptor());
  }
}
