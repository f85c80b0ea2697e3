// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.util.tracker.BundleTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the metatype files of bundles as soon as they are installed, long before they start: so a
 * component finds its configuration when it comes up.
 */
final class BundleMetatypes implements BundleTrackerCustomizer<List<Metatype>> {
  static final int STATES =
      Bundle.INSTALLED | Bundle.RESOLVED | Bundle.STARTING | Bundle.ACTIVE | Bundle.STOPPING;

  private static final Logger logger = LoggerFactory.getLogger(BundleMetatypes.class);
  private static final String FOLDER = "OSGI-INF/metatype/";
  private static final String ENDING = ".xml";

  private final Problems problems;
  private final Consumer<List<Metatype>> added;
  private final Consumer<List<Metatype>> removed;

  BundleMetatypes(
      Problems problems, Consumer<List<Metatype>> added, Consumer<List<Metatype>> removed) {
    this.problems = problems;
    this.added = added;
    this.removed = removed;
  }

  @Override
  public List<Metatype> addingBundle(Bundle bundle, BundleEvent event) {
    List<Metatype> found = read(bundle);
    added.accept(List.copyOf(found));
    return found;
  }

  @Override
  public void modifiedBundle(Bundle bundle, BundleEvent event, List<Metatype> metatypes) {
    if (event == null || event.getType() != BundleEvent.UPDATED) {
      return;
    }
    removed.accept(List.copyOf(metatypes));
    metatypes.clear();
    metatypes.addAll(read(bundle));
    added.accept(List.copyOf(metatypes));
  }

  @Override
  public void removedBundle(Bundle bundle, BundleEvent event, List<Metatype> metatypes) {
    removed.accept(List.copyOf(metatypes));
  }

  private List<Metatype> read(Bundle bundle) {
    List<Metatype> metatypes = new ArrayList<>();
    Enumeration<String> files = bundle.getEntryPaths(FOLDER);
    if (files == null) {
      return metatypes;
    }
    for (String file : Collections.list(files)) {
      if (file.endsWith(ENDING)) {
        read(bundle, file, metatypes);
      }
    }
    return metatypes;
  }

  private void read(Bundle bundle, String file, List<Metatype> metatypes) {
    String source = bundle.getSymbolicName() + "/" + file;
    problems.clear(source);
    URL entry = bundle.getEntry(file);
    if (entry == null) {
      return;
    }
    String pid = file.substring(FOLDER.length(), file.length() - ENDING.length());
    try (InputStream in = entry.openStream()) {
      MetatypeReader.read(source, pid, in.readNBytes(XmlInput.MAX_BYTES + 1))
          .ifPresent(metatypes::add);
    } catch (IOException | DocumentException unreadable) {
      logger.error("metatype_unreadable file={} reason=\"{}\"", source, unreadable.getMessage());
      problems.add(source, source + " cannot be read, its component cannot be configured");
    }
  }
}
