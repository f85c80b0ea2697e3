// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

/** Writes down each bundle that stops, is updated or goes: {@code log/restarts}, a line each. */
public final class RestartProbe implements BundleActivator, SynchronousBundleListener {

  private static final int WATCHED =
      BundleEvent.STOPPED | BundleEvent.UPDATED | BundleEvent.UNINSTALLED;

  private Path file = Path.of("restarts");

  /** Called by the framework. */
  @Override
  public void start(BundleContext context) {
    file = Path.of(String.valueOf(context.getProperty("kete.data")), "log", "restarts");
    context.addBundleListener(this);
  }

  /** Called by the framework. */
  @Override
  public void stop(BundleContext context) {
    context.removeBundleListener(this);
  }

  /** Called by the framework. */
  @Override
  public void bundleChanged(BundleEvent event) {
    if ((event.getType() & WATCHED) != 0) {
      try {
        Files.writeString(
            file,
            event.getBundle().getSymbolicName() + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
