// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.inventory;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import io.kete.container.deploy.install.Packages;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** The lists of Kapua's inventory, in its names. */
final class Inventory {

  private static final String NAME = "name";
  private static final String VERSION = "version";

  private final BundleContext context;
  private final Supplier<List<Packages.Line>> packages;

  Inventory(BundleContext context, Supplier<List<Packages.Line>> packages) {
    this.context = context;
    this.packages = packages;
  }

  /** A list; empty when there is no resource of that name. */
  Optional<JsonObject> list(String resource) {
    return switch (resource) {
      case "inventory" -> Optional.of(named(resource, all()));
      case "bundles" -> Optional.of(named(resource, ordered().map(Inventory::line)));
      case "deploymentPackages" ->
          Optional.of(named(resource, packages.get().stream().map(Inventory::line)));
      // a gateway has no say in these; Kapua asks for them all the same
      case "systemPackages", "containers", "images" -> Optional.of(named(resource, Stream.empty()));
      default -> Optional.empty();
    };
  }

  /** The bundle meant; of several versions the newest. */
  Optional<Bundle> find(Item item) {
    return ordered()
        .filter(bundle -> item.name().equals(bundle.getSymbolicName()))
        .filter(bundle -> item.version().map(bundle.getVersion().toString()::equals).orElse(true))
        .max(Comparator.comparing(Bundle::getVersion));
  }

  private static JsonObject named(String resource, Stream<JsonObject> lines) {
    JsonArray array = new JsonArray();
    lines.forEach(array::add);
    return new JsonObject().add(resource, array);
  }

  private Stream<JsonObject> all() {
    return Stream.concat(
        ordered()
            .map(
                bundle -> item(name(bundle), bundle.getVersion().toString()).add("type", "BUNDLE")),
        packages.get().stream().map(line -> item(line.name(), line.version()).add("type", "DP")));
  }

  private Stream<Bundle> ordered() {
    return Arrays.stream(context.getBundles())
        .sorted(Comparator.comparingLong(Bundle::getBundleId));
  }

  private static JsonObject line(Bundle bundle) {
    return item(name(bundle), bundle.getVersion().toString())
        .add("id", bundle.getBundleId())
        .add("state", BundleState.of(bundle))
        .add("signed", isSigned(bundle));
  }

  private static JsonObject line(Packages.Line line) {
    JsonArray bundles = new JsonArray();
    line.bundles().forEach(bundle -> bundles.add(item(bundle.getKey(), bundle.getValue())));
    return item(line.name(), line.version()).add("bundles", bundles);
  }

  private static JsonObject item(String name, String version) {
    return new JsonObject().add(NAME, name).add(VERSION, version);
  }

  private static String name(Bundle bundle) {
    return String.valueOf(bundle.getSymbolicName());
  }

  private static boolean isSigned(Bundle bundle) {
    return !bundle.getSignerCertificates(Bundle.SIGNERS_ALL).isEmpty();
  }
}
