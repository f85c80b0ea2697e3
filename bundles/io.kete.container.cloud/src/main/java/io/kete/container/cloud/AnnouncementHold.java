// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import org.osgi.framework.BundleContext;
import org.osgi.framework.Filter;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * Announcing is held back while any service, of whatever type, has the property {@code
 * kete.announcements} with the value {@code hold}. An installer registers one as long as it works:
 * to Kapua each BIRTH is the sign to start unfinished jobs again.
 */
final class AnnouncementHold
    implements ServiceTrackerCustomizer<Object, ServiceReference<Object>>, AutoCloseable {

  static final String PROPERTY = "kete.announcements";
  static final String HOLD = "hold";

  private final ServiceTracker<Object, ServiceReference<Object>> tracker;
  private final Runnable ended;
  private volatile boolean closed;

  /**
   * Begins to watch.
   *
   * @param ended runs when the last such service is gone
   */
  AnnouncementHold(BundleContext bundle, Runnable ended) {
    this.ended = ended;
    this.tracker = new ServiceTracker<>(bundle, filter(bundle), this);
    tracker.open(true);
  }

  boolean active() {
    return tracker.size() > 0;
  }

  @Override
  public ServiceReference<Object> addingService(ServiceReference<Object> reference) {
    return reference;
  }

  @Override
  public void modifiedService(
      ServiceReference<Object> reference, ServiceReference<Object> service) {}

  @Override
  public void removedService(ServiceReference<Object> reference, ServiceReference<Object> service) {
    if (!closed && !active()) {
      ended.run();
    }
  }

  @Override
  public void close() {
    closed = true;
    tracker.close();
  }

  private static Filter filter(BundleContext bundle) {
    try {
      return bundle.createFilter("(" + PROPERTY + "=" + HOLD + ")");
    } catch (InvalidSyntaxException constant) {
      throw new IllegalStateException(constant);
    }
  }
}
