// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * A document of component configurations outside a gateway, read and checked by the code that reads
 * it there: for those who prepare gateways. Needs no framework. Immutable.
 */
public final class OfflineConfiguration {
  /** Largest document, in bytes. */
  public static final int MAX_BYTES = XmlInput.MAX_BYTES;

  private static final String FOLDER = "OSGI-INF/metatype/";
  private static final String ENDING = ".xml";

  private final Snapshot snapshot;

  private OfflineConfiguration(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /**
   * One property.
   *
   * @param pid of the component
   * @param line where it stands
   * @param secret whether its type is the one of passwords
   * @param texts its values as they are written, none for none
   */
  public record Property(
      String pid, String factoryPid, String key, int line, boolean secret, List<String> texts) {

    public Property {
      texts = List.copyOf(texts);
    }

    /** Without the texts, which may be secret. */
    @Override
    public String toString() {
      return pid + "/" + key;
    }
  }

  /**
   * Reads a document.
   *
   * @param source what messages call it
   * @throws IOException with source, line and reason, never a value, when it cannot be used
   */
  public static OfflineConfiguration read(String source, byte[] document) throws IOException {
    try {
      return new OfflineConfiguration(SnapshotReader.read(source, document));
    } catch (DocumentException unusable) {
      throw new IOException(unusable.getMessage(), unusable);
    }
  }

  /**
   * Reads the newest snapshot in a folder.
   *
   * @return empty when there is none
   */
  public static Optional<OfflineConfiguration> newest(Path folder) throws IOException {
    SnapshotDirectory directory = new SnapshotDirectory(folder, 1);
    if (directory.ids().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new OfflineConfiguration(directory.read(directory.ids().last())));
    } catch (DocumentException unusable) {
      throw new IOException(unusable.getMessage(), unusable);
    }
  }

  /** Every property, in the order of the document. */
  public List<Property> properties() {
    List<Property> all = new ArrayList<>();
    for (StoredComponent component : snapshot.components()) {
      String factory = component.factoryPid().orElse("");
      for (StoredProperty property : component.properties()) {
        all.add(
            new Property(
                component.pid(),
                factory,
                property.key(),
                property.line(),
                property.isSecret(),
                property.texts()));
      }
    }
    return all;
  }

  /**
   * Holds the document against what the bundles in a folder define.
   *
   * @return one sentence with file, line, PID and key for each thing a gateway with these bundles
   *     would refuse or ignore; never a value
   */
  public List<String> objections(Path bundles) throws IOException {
    Map<String, Metatype> definitions = definitions(bundles);
    List<String> objections = new ArrayList<>();
    for (StoredComponent component : snapshot.components()) {
      objections(component, definitions, objections);
    }
    return objections;
  }

  private void objections(
      StoredComponent component, Map<String, Metatype> definitions, List<String> objections) {
    Optional<String> factory = component.factoryPid();
    Metatype metatype = definitions.get(factory.orElse(component.pid()));
    if (metatype == null) {
      objections.add(
          at(component.line(), component.pid())
              + ": no bundle has a component "
              + Keys.shown(factory.orElse(component.pid())));
      return;
    }
    if (metatype.factory() && factory.isEmpty()) {
      objections.add(
          at(component.line(), component.pid())
              + ": an instance names its factory as "
              + Keys.FACTORY_PID);
      return;
    }
    Map<String, Integer> lines = new LinkedHashMap<>();
    component.properties().forEach(property -> lines.put(property.key(), property.line()));
    Checked typed = PropertyCheck.typed(component);
    Checked checked =
        PropertyCheck.against(metatype, Definitions.completed(metatype, typed.values()), lines);
    List<Fault> faults = new ArrayList<>(typed.faults());
    faults.addAll(checked.faults());
    for (Fault fault : faults) {
      int line = fault.line() == 0 ? component.line() : fault.line();
      objections.add(
          at(line, component.pid()) + ": " + Keys.shown(fault.key()) + ": " + fault.reason());
    }
  }

  private String at(int line, String pid) {
    return snapshot.source() + ":" + line + ": " + Keys.shown(pid);
  }

  private static Map<String, Metatype> definitions(Path bundles) throws IOException {
    Map<String, Metatype> definitions = new LinkedHashMap<>();
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(bundles, "*.jar")) {
      for (Path jar : jars) {
        read(jar, definitions);
      }
    }
    return definitions;
  }

  private static void read(Path file, Map<String, Metatype> definitions) throws IOException {
    try (JarFile jar = new JarFile(file.toFile())) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        String name = entry.getName();
        if (!name.startsWith(FOLDER) || !name.endsWith(ENDING)) {
          continue;
        }
        String pid = name.substring(FOLDER.length(), name.length() - ENDING.length());
        try (InputStream in = jar.getInputStream(entry)) {
          MetatypeReader.read(file + "/" + name, pid, in.readNBytes(XmlInput.MAX_BYTES + 1))
              .ifPresent(metatype -> definitions.put(pid, metatype));
        }
      }
    } catch (DocumentException unusable) {
      throw new IOException(unusable.getMessage(), unusable);
    }
  }
}
