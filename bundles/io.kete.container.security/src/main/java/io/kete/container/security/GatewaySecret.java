// SPDX-License-Identifier: EPL-2.0
package io.kete.container.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The secret of the device a gateway runs on; without a good one the gateway does not run. */
final class GatewaySecret {

  private static final Logger logger = LoggerFactory.getLogger(GatewaySecret.class);

  /** The launcher reads it when the framework has stopped, and ends with an error. */
  private static final String REFUSED = "kete.refused";

  private GatewaySecret() {}

  private static Path file(BundleContext context) {
    String data = context.getProperty("kete.data");
    return data == null || data.isBlank()
        ? context.getDataFile("device.secret").toPath()
        : Path.of(data, "security", "device.secret");
  }

  /**
   * Reads the secret, or makes it. A gateway whose secret is known must not run at all: the
   * framework is stopped, so that the process ends and whoever started it is told.
   */
  static byte[] of(BundleContext context) {
    Path file = file(context);
    try {
      boolean isNew = !Files.exists(file);
      byte[] secret = DeviceSecret.of(file);
      if (isNew) {
        logger.info("device_secret_created file={}", file);
      }
      return secret;
    } catch (IllegalStateException e) {
      logger.error("secret_refused reason={}", e.getMessage());
      System.setProperty(REFUSED, String.valueOf(e.getMessage()));
      stop(context);
      throw e;
    } catch (IOException e) {
      logger.error("secret_missing file={}: check the folder's permissions and space", file, e);
      throw new UncheckedIOException(e);
    }
  }

  private static void stop(BundleContext context) {
    try {
      context.getBundle(0).stop();
    } catch (BundleException e) {
      logger.error("framework_not_stopped", e);
    }
  }
}
