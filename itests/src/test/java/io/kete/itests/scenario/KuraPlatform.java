// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.scenario;

import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;

import io.kete.itests.standin.StandIn;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.ops4j.pax.exam.Option;

/** What Kura of 2024 brings, and a plain stand-in for those of its services that scenarios use. */
final class KuraPlatform {

  private static final String STAND_IN = "io/kete/itests/standin";
  private static final String IMPORTS =
      "io.kete.kapua.codec,javax.xml.parsers,org.eclipse.kura,org.eclipse.kura.asset,"
          + "org.eclipse.kura.channel,org.eclipse.kura.channel.listener,"
          + "org.eclipse.kura.cloudconnection.listener,org.eclipse.kura.cloudconnection.message,"
          + "org.eclipse.kura.cloudconnection.publisher,org.eclipse.kura.configuration,"
          + "org.eclipse.kura.driver,org.eclipse.kura.message,org.eclipse.kura.type,"
          + "org.eclipse.paho.client.mqttv3,org.eclipse.paho.client.mqttv3.persist,"
          + "org.osgi.framework,org.osgi.service.cm,org.w3c.dom,org.xml.sax";

  private KuraPlatform() {}

  static List<Path> files() {
    try (Stream<Path> files = Files.list(Platform.root().resolve("itests/target/kura-2024"))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ours but the container; Kura's types and the codec are needed by the stand-in alone. */
  static boolean takes(String file) {
    boolean ours = file.startsWith("io.kete.") && !file.startsWith("io.kete.container.");
    return ours || file.startsWith("jSerialComm-") || file.startsWith("j2mod-");
  }

  static List<Option> properties() {
    return List.of(frameworkProperty("osgi.compatibility.bootdelegation").value("false"));
  }

  /** The classes of the stand-in as a bundle. */
  static Path standIn(Site site) {
    Path file = site.home().resolve("standin.jar");
    Path classes = Platform.root().resolve("itests/target/test-classes");
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest());
        Stream<Path> all = Files.walk(classes.resolve(STAND_IN))) {
      for (Path one : all.filter(Files::isRegularFile).sorted().toList()) {
        jar.putNextEntry(new JarEntry(classes.relativize(one).toString()));
        Files.copy(one, jar);
        jar.closeEntry();
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Manifest manifest() {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", "io.kete.itests.standin");
    main.putValue("Bundle-Version", "1.0.0");
    main.putValue("Bundle-Activator", StandIn.class.getName());
    main.putValue("Import-Package", IMPORTS);
    return manifest;
  }
}
