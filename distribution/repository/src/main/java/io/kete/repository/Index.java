// SPDX-License-Identifier: EPL-2.0
package io.kete.repository;

import aQute.bnd.osgi.repository.XMLResourceGenerator;
import aQute.bnd.osgi.resource.CapReqBuilder;
import aQute.bnd.osgi.resource.ResourceBuilder;
import aQute.bnd.osgi.resource.ResourceUtils;
import aQute.bnd.service.resource.SupportingResource;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.osgi.framework.Version;
import org.osgi.resource.Capability;
import org.osgi.resource.Requirement;
import org.osgi.resource.Resource;

/**
 * The R5 index: each bundle as bnd sees it, and each package as one resource of the type {@code
 * io.kete.package} that offers what its bundles offer and needs what they do not have from each
 * other.
 */
final class Index {

  /** Type of a package's identity. */
  static final String TYPE = "io.kete.package";

  private static final String IDENTITY = "osgi.identity";
  private static final String CONTENT = "osgi.content";

  /** What is said of a bundle itself and means nothing of a package. */
  private static final Set<String> OWN =
      Set.of(IDENTITY, CONTENT, "osgi.wiring.bundle", "osgi.wiring.host");

  private final Path root;
  private final List<Resource> resources = new ArrayList<>();

  Index(Path root) {
    this.root = root;
  }

  /** Adds a bundle by its path below the root. */
  Resource bundle(String path) {
    SupportingResource resource =
        ResourceBuilder.parse(root.resolve(path).toFile(), URI.create(path));
    resources.add(resource);
    // what a jar has for newer versions of Java
    resources.addAll(resource.getSupportingResources());
    return resource;
  }

  /** Adds a package by its path below the root. */
  void pack(Packaged packaged, String path, String digest, List<Resource> bundles)
      throws IOException {
    ResourceBuilder builder = new ResourceBuilder();
    builder.addCapability(
        new CapReqBuilder(IDENTITY)
            .addAttribute(IDENTITY, packaged.name())
            .addAttribute("type", TYPE)
            .addAttribute("version", Version.parseVersion(packaged.version())));
    builder.addCapability(
        new CapReqBuilder(CONTENT)
            .addAttribute(CONTENT, digest)
            .addAttribute("url", path)
            .addAttribute("size", Files.size(root.resolve(path)))
            .addAttribute("mime", "application/vnd.osgi.dp"));
    List<Capability> offered = new ArrayList<>();
    for (Resource bundle : bundles) {
      for (Capability capability : bundle.getCapabilities(null)) {
        offered.add(capability);
        if (!isOwn(capability.getNamespace())) {
          builder.addCapability(
              new CapReqBuilder(capability.getNamespace())
                  .addAttributes(capability.getAttributes()));
        }
      }
    }
    for (Resource bundle : bundles) {
      for (Requirement requirement : bundle.getRequirements(null)) {
        if (isNeeded(requirement, offered)) {
          builder.addRequirement(
              new CapReqBuilder(requirement.getNamespace())
                  .addAttributes(requirement.getAttributes())
                  .addDirectives(requirement.getDirectives()));
        }
      }
    }
    resources.add(builder.build());
  }

  private static boolean isOwn(String space) {
    return OWN.contains(space) || space.startsWith("bnd.");
  }

  private static boolean isNeeded(Requirement requirement, List<Capability> offered) {
    return !isOwn(requirement.getNamespace())
        && requirement.getDirectives().getOrDefault("effective", "resolve").equals("resolve")
        && requirement.getDirectives().getOrDefault("resolution", "mandatory").equals("mandatory")
        && offered.stream().noneMatch(each -> ResourceUtils.matches(requirement, each));
  }

  /** Writes it, compressed. */
  void write(Path file, String name, long increment) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      new XMLResourceGenerator()
          .name(name)
          .increment(increment)
          .resources(resources)
          .compress()
          .save(out);
    }
  }
}
