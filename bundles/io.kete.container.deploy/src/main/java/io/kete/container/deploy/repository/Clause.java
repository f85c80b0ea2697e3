// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.repository;

import java.util.Map;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.resource.Capability;
import org.osgi.resource.Requirement;
import org.osgi.resource.Resource;

/**
 * A capability or a requirement of a resource that is not in the framework; each is itself only.
 */
abstract sealed class Clause {

  private final Resource owner;
  private final String space;
  private final Map<String, Object> attributes;
  private final Map<String, String> directives;

  private Clause(
      Resource owner,
      String space,
      Map<String, Object> attributes,
      Map<String, String> directives) {
    this.owner = owner;
    this.space = space;
    this.attributes = Map.copyOf(attributes);
    this.directives = Map.copyOf(directives);
  }

  /** What somebody offers. */
  static final class Offer extends Clause implements Capability {
    Offer(
        Resource owner,
        String space,
        Map<String, Object> attributes,
        Map<String, String> directives) {
      super(owner, space, attributes, directives);
    }
  }

  /** What somebody needs. */
  static final class Need extends Clause implements Requirement {
    Need(
        Resource owner,
        String space,
        Map<String, Object> attributes,
        Map<String, String> directives) {
      super(owner, space, attributes, directives);
    }
  }

  /** Whether a capability is what a requirement asks for. */
  static boolean matches(Requirement need, Capability offer) {
    if (!need.getNamespace().equals(offer.getNamespace())) {
      return false;
    }
    String text = need.getDirectives().get("filter");
    if (text == null) {
      return true;
    }
    try {
      Filter filter = FrameworkUtil.createFilter(text);
      return filter.matches(offer.getAttributes());
    } catch (InvalidSyntaxException e) {
      return false;
    }
  }

  /** As OSGi's interfaces have it. */
  public Resource getResource() {
    return owner;
  }

  /** As OSGi's interfaces have it. */
  public String getNamespace() {
    return space;
  }

  /** As OSGi's interfaces have it. */
  public Map<String, Object> getAttributes() {
    return attributes;
  }

  /** As OSGi's interfaces have it. */
  public Map<String, String> getDirectives() {
    return directives;
  }

  @Override
  public String toString() {
    return space + attributes + directives;
  }
}
