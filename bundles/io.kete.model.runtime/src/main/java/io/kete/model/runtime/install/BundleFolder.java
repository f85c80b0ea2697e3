// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.install;

import io.kete.model.runtime.content.JarSource;
import io.kete.model.runtime.content.RefusedException;
import io.kete.model.runtime.store.Durable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bundles that came in by the drop folder. The framework forgets its bundles at each start;
 * these are installed anew from here.
 */
final class BundleFolder {

  /** Begins the location of such a bundle; the symbolic name follows. */
  static final String LOCATION = "kete-model:";

  private static final Logger logger = LoggerFactory.getLogger(BundleFolder.class);

  private final BundleContext context;
  private final Path folder;

  BundleFolder(BundleContext context, Path folder) {
    this.context = context;
    this.folder = folder;
  }

  /** Installs what is here and not installed. */
  void installAll() throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
      for (Path jar : jars) {
        try {
          String location = LOCATION + new JarSource(jar).symbolicName();
          if (context.getBundle(location) == null) {
            install(location, jar);
          }
        } catch (IOException | RefusedException | BundleException e) {
          logger.error(
              "model_bundle_left_out file={} reason={}", jar.getFileName(), e.getMessage());
        }
      }
    }
  }

  /** Installs a file or updates its bundle, then keeps the file here. */
  void take(Path jar) throws IOException, RefusedException {
    String name = new JarSource(jar).symbolicName();
    try {
      install(LOCATION + name, jar);
    } catch (BundleException e) {
      throw new RefusedException("the framework refuses the bundle: " + e.getMessage(), false);
    }
    Files.createDirectories(folder);
    Durable.move(jar, folder.resolve(name + ".jar"));
  }

  private void install(String location, Path jar) throws IOException, BundleException {
    try (InputStream in = Files.newInputStream(jar)) {
      Bundle present = context.getBundle(location);
      if (present == null) {
        context.installBundle(location, in).start();
      } else {
        present.update(in);
        present.start();
      }
    }
  }

  /** A bundle was uninstalled on purpose and must not come back at the next start. */
  void forget(String location) {
    if (location.startsWith(LOCATION)) {
      String name = location.substring(LOCATION.length());
      try {
        Files.deleteIfExists(folder.resolve(name + ".jar"));
      } catch (IOException e) {
        logger.error("model_bundle_file_left bundle={} reason={}", name, e.getMessage());
      }
    }
  }
}
