// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.rules;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Who may see whom. A new foreign library has to be entered here, once, for one bundle. */
final class Directions {

  private static final List<String> EVERYBODY =
      List.of("java", "javax", "org.w3c.dom", "org.xml.sax", "org.osgi", "org.jspecify");
  private static final String KURA = "org.eclipse.kura";
  private static final String BOUNCY_CASTLE = "org.bouncycastle";
  private static final String JSON = "com.eclipsesource.json";

  private static final Map<String, List<String>> FOREIGN =
      Map.ofEntries(
          Map.entry("io.kete.driver.modbus", List.of("com.ghgande.j2mod")),
          Map.entry("io.kete.driver.opcua", List.of("org.eclipse.milo", BOUNCY_CASTLE)),
          Map.entry("io.kete.container.cloud", List.of("org.eclipse.paho.client.mqttv3")),
          Map.entry("io.kete.container.asset", List.of(JSON)),
          Map.entry("io.kete.container.config", List.of(JSON)),
          Map.entry("io.kete.container.deploy", List.of("org.apache.felix.resolver", JSON)),
          Map.entry("io.kete.container.security", List.of(BOUNCY_CASTLE)),
          Map.entry("io.kete.status", List.of(JSON, "com.sun.net.httpserver")),
          Map.entry("io.kete.policy.cms", List.of(BOUNCY_CASTLE, JSON)),
          Map.entry("io.kete.buffer.h2", List.of("org.h2")),
          Map.entry("io.kete.model.runtime", List.of(JSON)),
          Map.entry("io.kete.model.trees", List.of(JSON)),
          Map.entry("io.kete.model.onnx", List.of("ai.onnxruntime")),
          Map.entry("io.kete.route.camel", List.of("org.apache.camel")));

  private final List<String> bundles;

  /**
   * Directions among these bundles.
   *
   * @param bundles symbolic names
   */
  Directions(List<String> bundles) {
    this.bundles =
        bundles.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  /** Sentences about all references that are not allowed. */
  List<String> violations(JavaClasses classes) {
    TreeSet<String> violations = new TreeSet<>();
    for (JavaClass type : classes) {
      Optional<String> from = owner(type.getPackageName());
      if (from.isEmpty()) {
        violations.add(type.getName() + " is in no bundle's package");
        continue;
      }
      for (Dependency reference : type.getDirectDependenciesFromSelf()) {
        JavaClass target = reference.getTargetClass().getBaseComponentType();
        if (!target.isPrimitive() && !allowed(from.get(), target.getPackageName())) {
          violations.add(from.get() + ": " + type.getName() + " sees " + target.getName());
        }
      }
    }
    return new ArrayList<>(violations);
  }

  /** Whether a bundle may refer to a package. */
  boolean allowed(String bundle, String name) {
    if (bundle.equals("io.kete.kura.api")) {
      return startsWithAny(name, EVERYBODY) || within(name, KURA);
    }
    if (within(name, bundle) && owner(name).equals(Optional.of(bundle))) {
      return true;
    }
    if (startsWithAny(name, EVERYBODY) || within(name, KURA)) {
      return true;
    }
    if (bundle.endsWith(".api")) {
      return within(name, "io.kete.data.api") && !bundle.equals("io.kete.data.api");
    }
    return within(name, "org.slf4j")
        || startsWithAny(name, FOREIGN.getOrDefault(bundle, List.of()))
        || owner(name).map(owner -> seenByProvider(bundle, owner)).orElse(false);
  }

  private static boolean seenByProvider(String bundle, String owner) {
    // the container shares the codec's bundle; the uplink holds its own copy of what encodes
    boolean codec =
        owner.equals("io.kete.kapua.codec")
            && (bundle.startsWith("io.kete.container.") || bundle.equals("io.kete.uplink.cloud"));
    return owner.endsWith(".api") || codec;
  }

  private Optional<String> owner(String name) {
    if (within(name, KURA)) {
      return Optional.of("io.kete.kura.api");
    }
    return bundles.stream().filter(bundle -> within(name, bundle)).findFirst();
  }

  private static boolean startsWithAny(String name, List<String> roots) {
    return roots.stream().anyMatch(root -> within(name, root));
  }

  private static boolean within(String name, String root) {
    return name.equals(root) || name.startsWith(root + ".");
  }
}
