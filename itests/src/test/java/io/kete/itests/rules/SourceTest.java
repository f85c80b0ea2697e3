// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SourceTest {

  private static final String FIRST = "// " + Sources.LICENCE + "\n";

  @Test
  void filesAndMethodsAreShortAndFinished() {
    Map<String, String> files = new TreeMap<>();
    for (Path file : Repository.sources(".java")) {
      files.put(Repository.root().relativize(file).toString(), Repository.text(file));
    }
    assertThat(files).hasSizeGreaterThan(100);
    assertThat(Sources.violations(files)).isEmpty();
  }

  @Test
  void buildFilesNameTheirLicence() {
    List<Path> files = new ArrayList<>(Repository.sources("pom.xml"));
    files.addAll(Repository.sources("bnd.bnd"));
    assertThat(files).hasSizeGreaterThan(20);
    assertThat(files.stream().filter(file -> !Sources.namesLicence(Repository.text(file))))
        .isEmpty();
  }

  @Test
  void aFileWithoutLicenceIsFound() {
    assertThat(violations("package a;\n")).hasSize(1);
    assertThat(violations(FIRST + "package a;\n")).isEmpty();
  }

  @Test
  void aBuildFileWithoutLicenceIsFound() {
    assertThat(Sources.namesLicence("# " + Sources.LICENCE + "\nA: b\n")).isTrue();
    assertThat(Sources.namesLicence("<?xml?>\n<!-- " + Sources.LICENCE + " -->\n<p/>")).isTrue();
    assertThat(Sources.namesLicence("A: b\nC: d\n# " + Sources.LICENCE)).isFalse();
  }

  @Test
  void aLongFileIsFound() {
    assertThat(violations(FIRST + "\n".repeat(399))).isEmpty();
    assertThat(violations(FIRST + "\n".repeat(400))).containsExactly("f has 401 lines");
  }

  @Test
  void aLongMethodIsFound() {
    assertThat(violations(method("\n".repeat(39)))).isEmpty();
    assertThat(violations(method("\n".repeat(40)))).containsExactly("f: method m has 41 lines");
    String inner = "Object o = new Object() { void n() {" + "\n".repeat(40) + "} };";
    assertThat(violations(FIRST + "class A { " + inner + " }"))
        .containsExactly("f: method n has 41 lines");
  }

  @Test
  void asleepIsFound() {
    assertThat(violations(method("Thread.sleep(1);"))).hasSize(1);
    assertThat(violations(method("TimeUnit.SECONDS.sleep(1);"))).hasSize(1);
    assertThat(violations(method("LockSupport.parkNanos(1);"))).hasSize(1);
    assertThat(violations(method("java.util.concurrent.locks.LockSupport.parkNanos(1);")))
        .hasSize(1);
    assertThat(violations(method("parkUntil(1);"))).hasSize(1);
    assertThat(violations(method("while (true) { Thread.onSpinWait(); }"))).hasSize(1);
  }

  @Test
  void anOpenPointIsFound() {
    assertThat(violations(FIRST + "// TO" + "DO later\n")).hasSize(1);
    assertThat(violations(FIRST + "// FIX" + "ME\n")).hasSize(1);
    assertThat(violations(FIRST + "// TO" + "DO(#12) later\n")).isEmpty();
  }

  private static List<String> violations(String text) {
    return Sources.violations(Map.of("f", text));
  }

  private static String method(String body) {
    return FIRST + "class A { void m() {" + body + "} }\n";
  }
}
