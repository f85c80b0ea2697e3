// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.repository;

import io.kete.container.deploy.pack.RefusedException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.felix.resolver.Logger;
import org.apache.felix.resolver.ResolverImpl;
import org.osgi.framework.VersionRange;
import org.osgi.resource.Capability;
import org.osgi.resource.Requirement;
import org.osgi.resource.Resource;
import org.osgi.resource.Wire;
import org.osgi.resource.Wiring;
import org.osgi.service.resolver.HostedCapability;
import org.osgi.service.resolver.ResolutionException;
import org.osgi.service.resolver.ResolveContext;

/**
 * Finds out which packages have to come so that everything that is wanted, and everything that is
 * installed, has what it needs; of each package there is one version. Installed versions stay where
 * they can.
 */
final class Resolution {

  private final Part gateway;
  private final Map<String, Part> installed;
  private final List<Part> offered;
  private final Map<String, VersionRange> wanted;
  private final Set<Part> excluded = new HashSet<>();

  /**
   * What is to be resolved.
   *
   * @param gateway what does not change
   * @param installed packages by name
   * @param offered packages of the repository
   * @param wanted names with the range their version has to be in; the highest one is taken
   */
  Resolution(
      Part gateway,
      Map<String, Part> installed,
      List<Part> offered,
      Map<String, VersionRange> wanted) {
    this.gateway = gateway;
    this.installed = installed;
    this.wanted = wanted;
    this.offered = new ArrayList<>(offered);
    this.offered.sort(Comparator.comparing(Part::version).reversed());
  }

  /** The packages that are not there yet, each after those it needs. */
  List<Part> missing() throws RefusedException {
    for (String name : wanted.keySet()) {
      requireOffer(name);
    }
    // each round leaves one version more out
    for (int round = 0; round <= installed.size() + offered.size(); round++) {
      Map<Resource, List<Wire>> wires = resolve();
      Optional<Part> surplus = surplus(wires.keySet());
      if (surplus.isEmpty()) {
        return ordered(wires);
      }
      excluded.add(surplus.get());
    }
    throw new RefusedException("the packages of the repository do not fit together");
  }

  private void requireOffer(String name) throws RefusedException {
    VersionRange range = wanted.getOrDefault(name, new VersionRange("0"));
    List<Part> named = offered.stream().filter(each -> each.name().equals(name)).toList();
    if (named.isEmpty()) {
      throw new RefusedException("the repository has no package " + name);
    }
    if (named.stream().noneMatch(each -> range.includes(each.version()))) {
      throw new RefusedException(
          "the repository has "
              + name
              + " in "
              + String.join(", ", named.stream().map(each -> each.version().toString()).toList())
              + ", not in "
              + range);
    }
  }

  private Map<Resource, List<Wire>> resolve() throws RefusedException {
    Part order = new Part(false);
    wanted.forEach((name, range) -> need(order, name, range));
    installed.values().stream()
        .filter(each -> !wanted.containsKey(each.name()))
        .forEach(each -> need(order, each.name(), atLeast(each)));
    try {
      return new ResolverImpl(new Logger(Logger.LOG_ERROR)).resolve(new Context(order));
    } catch (ResolutionException e) {
      throw new RefusedException(
          "the packages do not resolve: " + String.valueOf(e.getMessage()).replace('\n', ' '), e);
    }
  }

  private static VersionRange atLeast(Part part) {
    return new VersionRange(part.version().toString());
  }

  private static void need(Part order, String name, VersionRange range) {
    String filter =
        "(&(osgi.identity=" + name + ")(type=" + Part.TYPE + ")" + range.toFilterString("version");
    order.need(Part.IDENTITY, Map.of(), Map.of("filter", filter + ")"));
  }

  /** Two versions of one package: the one that gives way. */
  private Optional<Part> surplus(Set<Resource> used) {
    Map<String, Part> seen = new HashMap<>();
    for (Resource resource : used) {
      if (resource instanceof Part part && part.isPackage()) {
        Part other = seen.put(part.name(), part);
        if (other != null) {
          return Optional.of(worse(part, other));
        }
      }
    }
    return Optional.empty();
  }

  private Part worse(Part one, Part other) {
    VersionRange range = wanted.get(one.name());
    if (range != null && range.includes(one.version()) != range.includes(other.version())) {
      return range.includes(one.version()) ? other : one;
    }
    return one.version().compareTo(other.version()) < 0 ? one : other;
  }

  private List<Part> ordered(Map<Resource, List<Wire>> wires) {
    Set<Part> ordered = new LinkedHashSet<>();
    wires.keySet().forEach(each -> visit(each, wires, new HashSet<>(), ordered));
    return ordered.stream().filter(this::comes).toList();
  }

  private void visit(
      Resource resource, Map<Resource, List<Wire>> wires, Set<Resource> path, Set<Part> ordered) {
    if (resource instanceof Part part && path.add(part) && !ordered.contains(part)) {
      for (Wire wire : wires.getOrDefault(part, List.of())) {
        visit(wire.getProvider(), wires, path, ordered);
      }
      ordered.add(part);
    }
  }

  private boolean comes(Part part) {
    Part present = installed.get(part.name());
    return part.isPackage()
        && !part.isInstalled()
        && (present == null || !present.version().equals(part.version()));
  }

  /** Everything the resolver asks about. */
  private final class Context extends ResolveContext {

    private final Part order;

    Context(Part order) {
      this.order = order;
    }

    @Override
    public Collection<Resource> getMandatoryResources() {
      return List.of(order);
    }

    @Override
    public List<Capability> findProviders(Requirement need) {
      List<Capability> found = new ArrayList<>();
      add(gateway, need, found);
      // what is wanted stands first in the order; of that the newest is taken
      int place = order.getRequirements(null).indexOf(need);
      boolean newest = place >= 0 && place < wanted.size();
      if (!newest) {
        installed.values().forEach(each -> add(each, need, found));
      }
      offered.forEach(each -> add(each, need, found));
      return found;
    }

    private void add(Part part, Requirement need, List<Capability> found) {
      if (!excluded.contains(part)) {
        for (Capability offer : part.getCapabilities(need.getNamespace())) {
          if (Clause.matches(need, offer)) {
            found.add(offer);
          }
        }
      }
    }

    @Override
    public int insertHostedCapability(List<Capability> capabilities, HostedCapability hosted) {
      capabilities.add(hosted);
      return capabilities.size() - 1;
    }

    @Override
    public boolean isEffective(Requirement requirement) {
      return requirement.getDirectives().getOrDefault("effective", "resolve").equals("resolve");
    }

    @Override
    public Map<Resource, Wiring> getWirings() {
      return Map.of();
    }
  }
}
