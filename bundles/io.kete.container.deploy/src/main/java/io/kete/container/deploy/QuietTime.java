// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/**
 * While it is open the cloud connection announces nothing: to Kapua each BIRTH is the sign to start
 * unfinished jobs again. It is a service whose only meaning is its property.
 */
final class QuietTime implements AutoCloseable {

  private static final String PROPERTY = "kete.announcements";
  private static final String HOLD = "hold";

  private final Optional<ServiceRegistration<QuietTime>> registration;

  private QuietTime(Optional<ServiceRegistration<QuietTime>> registration) {
    this.registration = registration;
  }

  /** Begins it; outside of a framework nothing has to be held back. */
  @SuppressWarnings("JdkObsolete") // the framework takes a Dictionary
  static QuietTime begin() {
    Bundle own = FrameworkUtil.getBundle(QuietTime.class);
    @Nullable BundleContext context = own == null ? null : own.getBundleContext();
    if (context == null) {
      return new QuietTime(Optional.empty());
    }
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put(PROPERTY, HOLD);
    QuietTime meaning = new QuietTime(Optional.empty());
    return new QuietTime(
        Optional.of(context.registerService(QuietTime.class, meaning, properties)));
  }

  @Override
  public void close() {
    registration.ifPresent(QuietTime::end);
  }

  private static void end(ServiceRegistration<QuietTime> registered) {
    try {
      registered.unregister();
    } catch (IllegalStateException stopped) {
      // the bundle was stopped meanwhile, which unregistered it
      return;
    }
  }
}
