// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.repository;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;
import org.osgi.resource.Capability;
import org.osgi.resource.Requirement;
import org.osgi.resource.Resource;

/**
 * What the resolver sees of a package, installed or in the repository, of the gateway itself, or of
 * an order. Complete before it is shared.
 */
final class Part implements Resource {

  /** Type of the identity of packages. */
  static final String TYPE = "io.kete.package";

  static final String IDENTITY = "osgi.identity";
  static final String CONTENT = "osgi.content";

  private static final String MODEL = "io.kete.model";

  private final boolean installed;
  private final List<Capability> offers = new ArrayList<>();
  private final List<Requirement> needs = new ArrayList<>();

  /** An empty one. */
  Part(boolean installed) {
    this.installed = installed;
  }

  /** A package that is installed, with its identity. */
  static Part installed(String name, Version version) {
    Part part = new Part(true);
    part.offer(IDENTITY, Map.of(IDENTITY, name, "type", TYPE, "version", version), Map.of());
    return part;
  }

  void offer(String space, Map<String, Object> attributes, Map<String, String> directives) {
    offers.add(new Clause.Offer(this, space, attributes, directives));
  }

  void need(String space, Map<String, Object> attributes, Map<String, String> directives) {
    needs.add(new Clause.Need(this, space, attributes, directives));
  }

  boolean isInstalled() {
    return installed;
  }

  boolean isPackage() {
    return TYPE.equals(attribute(IDENTITY, "type"));
  }

  /** Name of the package; empty for what is none. */
  String name() {
    return String.valueOf(
        attribute(IDENTITY, IDENTITY) == null ? "" : attribute(IDENTITY, IDENTITY));
  }

  Version version() {
    return attribute(IDENTITY, "version") instanceof Version version
        ? version
        : Version.emptyVersion;
  }

  /** Path below the root of the repository. */
  String path() {
    return String.valueOf(attribute(CONTENT, "url"));
  }

  /** Digest of its file. */
  String digest() {
    return String.valueOf(attribute(CONTENT, CONTENT));
  }

  long size() {
    return attribute(CONTENT, "size") instanceof Long size ? size : -1;
  }

  /** Whether one of its bundles is a model. */
  boolean hasModel() {
    return offers.stream().anyMatch(each -> each.getNamespace().equals(MODEL));
  }

  private @Nullable Object attribute(String space, String key) {
    for (Capability offer : offers) {
      if (offer.getNamespace().equals(space)) {
        return offer.getAttributes().get(key);
      }
    }
    return null;
  }

  @Override
  public List<Capability> getCapabilities(@Nullable String space) {
    return space == null
        ? List.copyOf(offers)
        : offers.stream().filter(each -> each.getNamespace().equals(space)).toList();
  }

  @Override
  public List<Requirement> getRequirements(@Nullable String space) {
    return space == null
        ? List.copyOf(needs)
        : needs.stream().filter(each -> each.getNamespace().equals(space)).toList();
  }

  @Override
  public String toString() {
    return name().isEmpty() ? "the gateway" : name() + ' ' + version();
  }
}
