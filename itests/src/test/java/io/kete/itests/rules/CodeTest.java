// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class CodeTest {

  private static final List<String> NAMES =
      Repository.bundles().stream().map(Module::name).toList();

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(location -> Module.isOurs(Path.of(location.asURI())))
          .importPaths(
              Repository.bundles().stream().filter(Module::hasCode).map(Module::classes).toList());

  @TempDir Path folder;

  @Test
  void everyBundleSeesOnlyWhatItMay() {
    assertThat(new Directions(NAMES).violations(ALL)).isEmpty();
  }

  @Test
  void everyBundleThatHoldsCodeWasRead() {
    for (Module module : Repository.bundles()) {
      if (module.hasCode()) {
        String bundle = module.name();
        String root = bundle.equals("io.kete.kura.api") ? "org.eclipse.kura" : bundle;
        assertThat(ALL.stream().anyMatch(type -> type.getPackageName().startsWith(root)))
            .as("classes of %s; build it first", bundle)
            .isTrue();
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> noCyclesBetweenPackages() {
    return NAMES.stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> Code.noCyclesIn(name).check(ALL)));
  }

  @Test
  void loggersAreAlike() {
    Code.LOGGERS.check(ALL);
  }

  @Test
  void onlyOneWayOfLogging() {
    Code.NO_OTHER_LOGGING.check(ALL);
    Code.NO_STANDARD_STREAMS.check(ALL);
  }

  @Test
  void nobodySleeps() {
    Code.NO_SLEEP.check(ALL);
  }

  @Test
  void aProviderThatSeesAnotherProviderIsFound() {
    assertThat(
            violations(
                "package io.kete.a.one; public class One { io.kete.a.two.Two two; }",
                "package io.kete.a.two; public class Two {}"))
        .containsExactly("io.kete.a.one: io.kete.a.one.One sees io.kete.a.two.Two");
  }

  @Test
  void aProviderThatCallsAForeignLibraryIsFound() {
    assertThat(violations("package io.kete.a.one; class One { org.hamcrest.Matcher<?> m; }"))
        .containsExactly("io.kete.a.one: io.kete.a.one.One sees org.hamcrest.Matcher");
  }

  @Test
  void anApiThatSeesAnotherApiIsFound() {
    assertThat(
            violations(
                "package io.kete.a.api; public class One { io.kete.b.api.Two[] two; }",
                "package io.kete.b.api; public class Two {}"))
        .containsExactly("io.kete.a.api: io.kete.a.api.One sees io.kete.b.api.Two");
  }

  @Test
  void aPackageOutsideOfItsBundleIsFound() {
    assertThat(violations("package stray; class One {}"))
        .containsExactly("stray.One is in no bundle's package");
  }

  @Test
  void whatTheArchitectureAllowsPasses() {
    Directions directions = new Directions(NAMES);
    assertThat(directions.allowed("io.kete.policy.cms", "org.bouncycastle.cms")).isTrue();
    assertThat(directions.allowed("io.kete.uplink.cloud", "org.bouncycastle.cms")).isFalse();
    assertThat(directions.allowed("io.kete.uplink.cloud", "io.kete.buffer.api")).isTrue();
    assertThat(directions.allowed("io.kete.uplink.cloud", "io.kete.buffer.h2")).isFalse();
    assertThat(directions.allowed("io.kete.uplink.cloud", "io.kete.kapua.codec")).isTrue();
    assertThat(directions.allowed("io.kete.status", "io.kete.kapua.codec")).isFalse();
    assertThat(directions.allowed("io.kete.container.cloud", "io.kete.kapua.codec")).isTrue();
    assertThat(directions.allowed("io.kete.container.cloud", "io.kete.container.asset")).isFalse();
    assertThat(directions.allowed("io.kete.buffer.api", "io.kete.data.api")).isTrue();
    assertThat(directions.allowed("io.kete.buffer.api", "org.slf4j")).isFalse();
    assertThat(directions.allowed("io.kete.data.api", "io.kete.policy.api")).isFalse();
    assertThat(directions.allowed("io.kete.kura.api", "io.kete.data.api")).isFalse();
  }

  @Test
  void aLoggerThatIsNotAFinalOneIsFound() {
    assertBroken(Code.LOGGERS, "package a; class A { private static org.slf4j.Logger logger; }");
    assertBroken(
        Code.LOGGERS, "package a; class B { private final org.slf4j.Logger logger = null; }");
    assertBroken(
        Code.LOGGERS, "package a; class C { static final org.slf4j.Logger logger = null; }");
    assertBroken(
        Code.LOGGERS, "package a; class D { private static final org.slf4j.Logger LOG = null; }");
  }

  @Test
  void anotherWayOfLoggingIsFound() {
    assertBroken(
        Code.NO_OTHER_LOGGING,
        "package a; class A { Object l = java.util.logging.Logger.getLogger(\"a\"); }");
    assertBroken(
        Code.NO_STANDARD_STREAMS, "package a; class A { void a() { System.out.println(1); } }");
  }

  @Test
  void asleepIsFound() {
    assertBroken(
        Code.NO_SLEEP, "package a; class A { void a() throws Exception { Thread.sleep(1); } }");
    assertBroken(
        Code.NO_SLEEP,
        "package a; import java.util.concurrent.TimeUnit;"
            + " class A { void a() throws Exception { TimeUnit.DAYS.sleep(1); } }");
  }

  @Test
  void aCycleIsFound() {
    assertBroken(
        Code.noCyclesIn("io.kete.a"),
        "package io.kete.a.x; public class X { io.kete.a.y.Y y; }",
        "package io.kete.a.y; public class Y { io.kete.a.x.X x; }");
  }

  private List<String> violations(String... sources) {
    return new Directions(
            List.of("io.kete.a.one", "io.kete.a.two", "io.kete.a.api", "io.kete.b.api"))
        .violations(Fixture.compile(folder, sources));
  }

  private void assertBroken(ArchRule rule, String... sources) {
    JavaClasses classes = Fixture.compile(folder, sources);
    assertThatThrownBy(() -> rule.check(classes)).isInstanceOf(AssertionError.class);
  }
}
