// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kete.container.deploy.pack.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

class ResolutionTest {

  private static final String SPACE = "osgi.wiring.package";

  private final Part gateway = new Part(true);
  private final Map<String, Part> installed = new TreeMap<>();
  private final List<Part> offered = new ArrayList<>();
  private final Map<String, VersionRange> wanted = new TreeMap<>();

  private static Part identity(Part part, String name, String version) {
    part.offer(
        Part.IDENTITY,
        Map.of(Part.IDENTITY, name, "type", Part.TYPE, "version", Version.parseVersion(version)),
        Map.of());
    return part;
  }

  private Part offer(String name, String version) {
    Part part = identity(new Part(false), name, version);
    offered.add(part);
    return part;
  }

  private Part have(String name, String version) {
    Part part = Part.installed(name, Version.parseVersion(version));
    installed.put(name, part);
    return part;
  }

  private static void exports(Part part, String name, String version) {
    part.offer(SPACE, Map.of(SPACE, name, "version", Version.parseVersion(version)), Map.of());
  }

  private static void imports(Part part, String name, String range) {
    String filter =
        "(&(" + SPACE + "=" + name + ")" + new VersionRange(range).toFilterString("version") + ")";
    part.need(SPACE, Map.of(), Map.of("filter", filter));
  }

  private List<String> missing() throws RefusedException {
    return new Resolution(gateway, installed, offered, wanted)
        .missing().stream().map(Part::toString).toList();
  }

  private void want(String name, String range) {
    wanted.put(name, new VersionRange(range));
  }

  @Test
  void bringsWhatIsNeededBeforeWhatNeedsIt() throws Exception {
    imports(offer("top", "1.0.0"), "api", "[1,2)");
    exports(offer("api", "1.0.0"), "api", "1.0");
    offer("other", "1.0.0");
    want("top", "0");
    assertThat(missing()).containsExactly("api 1.0.0", "top 1.0.0");
  }

  @Test
  void leavesOutWhatTheGatewayOrAnInstalledPackageHas() throws Exception {
    exports(gateway, "slf4j", "1.7");
    exports(have("api", "1.0.0"), "api", "1.0");
    exports(offer("api", "1.1.0"), "api", "1.1");
    Part top = offer("top", "1.0.0");
    imports(top, "api", "[1,2)");
    imports(top, "slf4j", "[1.7,3)");
    want("top", "0");
    assertThat(missing()).containsExactly("top 1.0.0");
  }

  @Test
  void takesTheNewestInTheRange() throws Exception {
    offer("one", "1.0.0");
    offer("one", "2.0.0");
    offer("one", "1.5.0");
    want("one", "[1,2)");
    assertThat(missing()).containsExactly("one 1.5.0");
  }

  @Test
  void replacesTheInstalledVersionAndWhatNoLongerFits() throws Exception {
    exports(have("core", "1.0.0"), "api", "1.0");
    imports(have("route", "1.0.0"), "api", "[1.0,1.1)");
    exports(offer("core", "1.1.0"), "api", "1.1");
    imports(offer("route", "1.1.0"), "api", "[1.1,1.2)");
    want("core", "0");
    assertThat(missing()).containsExactly("core 1.1.0", "route 1.1.0");
  }

  @Test
  void refusesWhatWouldBreakAnInstalledPackage() {
    exports(have("core", "1.0.0"), "api", "1.0");
    imports(have("route", "1.0.0"), "api", "[1.0,1.1)");
    exports(offer("core", "1.1.0"), "api", "1.1");
    want("core", "0");
    assertThatThrownBy(this::missing)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("do not resolve");
  }

  @Test
  void goesBackToAnOlderVersionOnOrder() throws Exception {
    have("one", "1.1.0");
    offer("one", "1.0.0");
    offer("one", "1.1.0");
    want("one", "[1.0.0,1.0.0]");
    assertThat(missing()).containsExactly("one 1.0.0");
  }

  @Test
  void nothingIsMissingWhenTheNewestIsThere() throws Exception {
    have("one", "1.1.0");
    offer("one", "1.0.0");
    offer("one", "1.1.0");
    want("one", "0");
    assertThat(missing()).isEmpty();
  }

  @Test
  void saysWhatTheRepositoryDoesNotHave() {
    offer("one", "1.0.0");
    want("two", "0");
    assertThatThrownBy(this::missing).hasMessageContaining("no package two");
    wanted.clear();
    want("one", "[2,3)");
    assertThatThrownBy(this::missing).hasMessageContaining("one in 1.0.0, not in [2.0.0,3.0.0)");
  }

  @Test
  void saysWhatNobodyOffers() {
    imports(offer("top", "1.0.0"), "no.such.thing", "0");
    want("top", "0");
    assertThatThrownBy(this::missing)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("no.such.thing");
  }
}
