// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.install;

import io.kete.container.deploy.pack.Sha;
import io.kete.data.api.StatusSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/**
 * What the slots say of a model that came with a package. They are asked through their status,
 * which names model, versions, digests and how far each came.
 */
final class Models {

  private static final String CAPABILITY = "io.kete.model";
  private static final String AREAS = "(" + StatusSource.AREA + "=model.*)";
  private static final int DIGEST_SHOWN = 12;
  private static final List<String> GOOD = List.of("PROVED", "ACTIVE");
  private static final String BAD = "REJECTED";

  private static final int MAX_KNOWN = 64;

  /** What a bundle held when it was read last; it is asked for again and again. */
  private record Known(long modified, String digest) {}

  private final BundleContext context;
  private final Map<Long, Known> known = new ConcurrentHashMap<>();

  Models(BundleContext context) {
    this.context = context;
  }

  /** What is wrong with the models of a bundle; empty when there are none or all are proved. */
  Optional<Finding> judge(Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    if (revision == null) {
      return Optional.empty();
    }
    for (BundleCapability capability : revision.getDeclaredCapabilities(CAPABILITY)) {
      String model = String.valueOf(capability.getAttributes().get("name"));
      String version = String.valueOf(capability.getAttributes().get("version"));
      Optional<Finding> finding = judge(bundle, model, version);
      if (finding.isPresent()) {
        return finding;
      }
    }
    return Optional.empty();
  }

  private Optional<Finding> judge(Bundle bundle, String model, String version) {
    String label = "model " + model + " " + version;
    Map<String, String> stages = stages(model);
    if (stages.isEmpty()) {
      return Optional.of(
          new Finding(
              label + " is not proved: no slot serves " + model + "; configure one first", false));
    }
    String key = version + "@" + digest(bundle);
    String stage = stages.getOrDefault(key, "");
    if (GOOD.stream().anyMatch(stage::startsWith)) {
      return Optional.empty();
    }
    if (stage.startsWith(BAD)) {
      return Optional.of(new Finding(label + " is refused" + stage.substring(BAD.length()), true));
    }
    String unread = stages.getOrDefault(version, "");
    if (unread.startsWith(BAD)) {
      return Optional.of(new Finding(label + " is refused" + unread.substring(BAD.length()), true));
    }
    return Optional.of(
        new Finding(
            label
                + " is not proved"
                + (stage.isEmpty() ? "" : ", only " + stage)
                + "; see the status of its slot",
            false));
  }

  /** How far which version came, over all slots of the model; the best word of each counts. */
  private Map<String, String> stages(String model) {
    Map<String, String> stages = new HashMap<>();
    try {
      for (ServiceReference<StatusSource> reference :
          context.getServiceReferences(StatusSource.class, AREAS)) {
        StatusSource slot = context.getService(reference);
        if (slot != null) {
          Map<String, Object> facts = slot.status().facts();
          if (model.equals(facts.get("model"))) {
            stages.put("", "");
            if (facts.get("models") instanceof Map<?, ?> models) {
              models.forEach(
                  (key, stage) -> note(stages, String.valueOf(key), String.valueOf(stage)));
            }
          }
          context.ungetService(reference);
        }
      }
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(AREAS, e);
    }
    return stages;
  }

  private static void note(Map<String, String> stages, String key, String stage) {
    stages.merge(key, stage, (one, other) -> one.startsWith(BAD) ? one : other);
  }

  /** The digest by which slots name it: see docs/model.md. */
  private String digest(Bundle bundle) {
    long modified = bundle.getLastModified();
    Known before = known.get(bundle.getBundleId());
    if (before != null && before.modified() == modified) {
      return before.digest();
    }
    String digest = read(bundle);
    if (known.size() >= MAX_KNOWN) {
      known.clear();
    }
    if (!digest.isEmpty()) {
      known.put(bundle.getBundleId(), new Known(modified, digest));
    }
    return digest;
  }

  /** Empty when it cannot be read. */
  private static String read(Bundle bundle) {
    Enumeration<URL> files = bundle.findEntries("model", "*", false);
    if (files == null) {
      return "";
    }
    String descriptor = "";
    String content = "";
    for (URL file : Collections.list(files)) {
      String name = file.getPath().substring(file.getPath().lastIndexOf('/') + 1);
      if (name.equals("model.json")) {
        descriptor = line(file, name);
      } else if (!name.endsWith(".p7s") && !name.isEmpty()) {
        content = line(file, name);
      }
    }
    return descriptor.isEmpty() || content.isEmpty()
        ? ""
        : Sha.of(descriptor + content).substring(0, DIGEST_SHOWN);
  }

  private static String line(URL file, String name) {
    try (InputStream in = file.openStream()) {
      return Sha.of(in) + "  " + name + "\n";
    } catch (IOException e) {
      return "";
    }
  }
}
