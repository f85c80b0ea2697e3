// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.scenario;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.frameworkStartLevel;
import static org.ops4j.pax.exam.CoreOptions.systemPackages;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;
import static org.ops4j.pax.exam.CoreOptions.url;
import static org.ops4j.pax.exam.CoreOptions.workingDirectory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.options.UrlProvisionOption;
import org.osgi.framework.Constants;

/**
 * The product as options of Pax Exam: the same list of bundles, the same framework properties. With
 * the system property {@code kete.platform=kura-2024} the product's bundles without the container
 * on Kura's platform; the framework is that of the class path.
 */
final class Platform {

  static final String WORLD = "kete.itests.world";

  /** Kura's own components come after what they are made of. */
  private static final int STAND_IN_LEVEL = 4;

  /** Above the product's levels. */
  private static final int PROBE_LEVEL = 10;

  private Platform() {}

  static Path root() {
    return Path.of(System.getProperty("kete.root", "..")).toAbsolutePath().normalize();
  }

  /** Folder under target for one scenario. */
  static Path folder(Class<?> scenario) {
    String name = scenario.getSimpleName() + (isKura() ? "-kura-2024" : "");
    return root().resolve("itests/target/it").resolve(name);
  }

  private static boolean isKura() {
    return "kura-2024".equals(System.getProperty("kete.platform"));
  }

  static Option[] product(Site site) {
    List<Option> options = new ArrayList<>();
    options.add(workingDirectory(site.home().resolve("framework").toString()));
    options.addAll(properties(site));
    options.add(systemProperty(WORLD).value(Integer.toString(site.port())));
    options.add(systemProperty("kete.log").value(site.data().resolve("log").toString()));
    options.add(link("org.apache.servicemix.bundles.hamcrest"));
    options.add(link("org.apache.servicemix.bundles.junit"));
    options.add(link("org.ops4j.pax.exam.invoker.junit"));
    // without it methods are called bare, and what stands around them is left out
    options.add(systemProperty("pax.exam.invoker").value("junit"));
    // assertions are those of the test's class path
    options.add(
        systemPackages("org.assertj.core.api", "org.assertj.core.error", "org.assertj.core.data"));
    if (isKura()) {
      KuraPlatform.files().forEach(file -> options.add(provision(file, 1)));
      options.addAll(KuraPlatform.properties());
      options.add(provision(KuraPlatform.standIn(site), STAND_IN_LEVEL));
    }
    for (String line : startList()) {
      String[] fields = line.split("\\s+", 2);
      if (!isKura() || KuraPlatform.takes(fields[1])) {
        options.add(provision(file(fields[1]), Integer.parseInt(fields[0])));
      }
    }
    options.add(frameworkStartLevel(PROBE_LEVEL));
    return new Option[] {composite(options.toArray(new Option[0]))};
  }

  private static Option provision(Path file, int level) {
    UrlProvisionOption option = bundle(file.toUri().toString()).startLevel(level);
    return isFragment(file) ? option.noStart() : option;
  }

  /** A fragment belongs to its host and is never started. */
  private static boolean isFragment(Path file) {
    try (JarFile jar = new JarFile(file.toFile())) {
      return jar.getManifest().getMainAttributes().getValue(Constants.FRAGMENT_HOST) != null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Option link(String name) {
    return url("link:classpath:META-INF/links/" + name + ".link");
  }

  private static List<Option> properties(Site site) {
    return List.of(
        frameworkProperty("org.osgi.framework.bootdelegation").value(""),
        frameworkProperty("kete.home").value(site.home().toString()),
        frameworkProperty("kete.data").value(site.data().toString()),
        frameworkProperty("kura.snapshots").value(site.user().resolve("snapshots").toString()),
        frameworkProperty("org.apache.felix.eventadmin.ThreadPoolSize").value("2"),
        frameworkProperty("felix.log.level").value("1"),
        frameworkProperty("ds.loglevel").value("warn"),
        frameworkProperty("ds.global.extender").value("false"),
        systemProperty("org.slf4j.simpleLogger.logFile")
            .value(site.data().resolve("log/kete.log").toString()),
        systemProperty("org.slf4j.simpleLogger.log.io.kete").value("info"));
  }

  /**
   * The list of the product, with versions filled in by the build. The log goes to a file of the
   * scenario and not to the platform's logging, which all tests of a process share.
   */
  static List<String> startList() {
    Path list = root().resolve("itests/target/test-classes/start.list");
    try {
      return Files.readAllLines(list).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .map(line -> line.replace("slf4j-jdk14", "slf4j-simple"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ours from their modules, the others from where the build copied them. */
  private static Path file(String name) {
    Path file =
        name.startsWith("io.kete.")
            ? root()
                .resolve("bundles")
                .resolve(name.replaceAll("-\\d.*$", ""))
                .resolve("target")
                .resolve(name)
            : root().resolve("itests/target/platform").resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new IllegalStateException(file + " is missing; build it first");
    }
    return file;
  }
}
