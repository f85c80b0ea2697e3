// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.kura;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/**
 * Installs and starts all bundles of some directories in the framework of its class path and says
 * what is missing. A process of its own: nothing but the framework and this class is there.
 */
final class StartAll {

  private StartAll() {}

  /** Arguments: directory for the framework, then directories or files of bundles. */
  public static void main(String[] args) throws Exception {
    Framework framework = framework(Path.of(args[0]));
    framework.start();
    int missing = 0;
    try {
      List<Bundle> bundles = new ArrayList<>();
      for (int i = 1; i < args.length; i++) {
        install(framework.getBundleContext(), Path.of(args[i]), bundles);
      }
      for (Bundle bundle : bundles) {
        missing += start(bundle);
      }
      System.out.println("STARTED " + bundles.size());
    } finally {
      framework.stop();
      framework.waitForStop(10_000);
    }
    System.exit(missing == 0 ? 0 : 1);
  }

  private static Framework framework(Path storage) {
    Map<String, String> configuration = new HashMap<>();
    configuration.put(Constants.FRAMEWORK_STORAGE, storage.toString());
    configuration.put(Constants.FRAMEWORK_STORAGE_CLEAN, "onFirstInit");
    configuration.put(Constants.FRAMEWORK_BUNDLE_PARENT, "boot");
    configuration.put("osgi.compatibility.bootdelegation", "false");
    FrameworkFactory factory = ServiceLoader.load(FrameworkFactory.class).iterator().next();
    return factory.newFramework(configuration);
  }

  private static void install(BundleContext context, Path place, List<Bundle> bundles)
      throws IOException, BundleException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(place)) {
      files = found.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
    for (Path file : files) {
      try (InputStream content = Files.newInputStream(file)) {
        bundles.add(context.installBundle(file.toUri().toString(), content));
      }
    }
  }

  private static int start(Bundle bundle) {
    if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null) {
      return 0;
    }
    try {
      bundle.start();
      return 0;
    } catch (BundleException e) {
      System.out.println("MISSING " + bundle.getSymbolicName() + ": " + e.getMessage());
      return 1;
    }
  }
}
