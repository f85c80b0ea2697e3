// SPDX-License-Identifier: EPL-2.0
package io.kete.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.launch.FrameworkFactory;

/** What the Camel bundle promises to a bundle that uses it, the same in every framework. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CamelBundleScenarios {
  private Container container;
  private ClassLoader before;

  abstract FrameworkFactory framework();

  @BeforeAll
  void startFramework(@TempDir Path folder) throws Exception {
    container = Container.start(framework(), folder);
  }

  @AfterAll
  void stopFramework() throws Exception {
    container.stop();
  }

  /** The class path of the test holds Camel too: what a thread of Kura with its own Camel shows. */
  @BeforeEach
  void showAnotherCamelThroughTheThread() {
    before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(CamelBundleScenarios.class.getClassLoader());
    assertThat(load(Routes.GREETING)).isEmpty();
    assertThat(load(Routes.OTHER)).isEmpty();
  }

  @AfterEach
  void removeRoutes() {
    List.of("greeting", "other", "broken", "blocks", "parts", "failing", "tick")
        .forEach(id -> call("remove", id));
    Thread.currentThread().setContextClassLoader(before);
  }

  @Test
  void classesComeFromTheCamelBundle() {
    assertThat(container.providerOf("org.apache.camel.CamelContext")).isEqualTo("io.kete.camel");
    assertThat(call("version", "")).isEqualTo(System.getProperty("kete.camel.version"));
  }

  @Test
  void routeFromTextAnswers() {
    assertThat(send("direct:greeting", "night")).isEqualTo("good night");
    assertThat(send("direct:greeting", "world")).isEqualTo("hello world");
  }

  @Test
  void componentOfAnotherBundleIsReached() {
    assertThat(send("direct:other", "x")).isEqualTo("other:x");
  }

  @Test
  void routeIsReplaced() {
    assertThat(call("update", Routes.GREETING_REPLACED)).isEmpty();

    assertThat(send("direct:greeting", "world")).isEqualTo("welcome world");
    assertThat(send("direct:other", "x")).isEqualTo("other:x");
  }

  @Test
  void unknownStepIsNamedAndLeavesNothing() {
    assertThat(load(Routes.UNKNOWN_STEP)).contains("filtre").contains("probe.yaml");

    assertThat(call("modelled", "broken")).isEqualTo("false");
    assertThat(send("direct:other", "x")).isEqualTo("other:x");
  }

  @Test
  void unknownComponentIsNamedAndOtherRoutesGoOn() {
    assertThat(load(Routes.UNKNOWN_COMPONENT))
        .containsIgnoringCase("broken at: >>> To[nosuch:thing]");

    assertThat(send("direct:other", "x")).isEqualTo("other:x");
    call("remove", "broken");
    assertThat(call("modelled", "broken")).isEqualTo("false");
    assertThat(load(Routes.UNKNOWN_COMPONENT.replace("nosuch", "echo"))).isEmpty();
    assertThat(send("direct:broken", "")).isEqualTo("thing:x");
  }

  @Test
  void replacementThatDoesNotParseLeavesTheOldRouteRunning() {
    String broken = Routes.UNKNOWN_STEP.replace("broken", "greeting");

    assertThat(call("update", broken)).contains("filtre");

    assertThat(send("direct:greeting", "world")).isEqualTo("hello world");
  }

  @Test
  void replacementThatCannotBeBuiltTakesTheOldRouteWithItUntilItIsLoadedAgain() {
    String broken = Routes.UNKNOWN_COMPONENT.replace("broken", "greeting");

    assertThat(call("update", broken)).contains("nosuch");
    assertThat(call("status", "greeting")).isEqualTo("null");

    call("remove", "greeting");
    assertThat(load(Routes.GREETING)).isEmpty();
    assertThat(send("direct:greeting", "world")).isEqualTo("hello world");
  }

  @Test
  void blocksForStreamsWork() {
    assertThat(load(Routes.BLOCKS)).isEmpty();

    send("direct:blocks", List.of("a", "skip", "b"));
    send("direct:failing", "c");

    assertThat(call("receive", "seda:pairs")).isEqualTo("a+b");
    assertThat(call("receive", "seda:tap")).isEqualTo("[a, skip, b]");
    assertThat(call("receive", "seda:dead")).isEqualTo("c");
    assertThat(call("receive", "seda:ticks")).isEqualTo("tick");
  }

  @Test
  void noCamelThreadIsLeftAfterStop() throws Exception {
    assertThat(load(Routes.BLOCKS)).isEmpty();
    await().until(Container::camelThreads, threads -> threads > 0);

    container.stopProbe();
    await().until(Container::camelThreads, threads -> threads == 0);

    container.startProbe();
    assertThat(load(Routes.GREETING)).isEmpty();
    assertThat(load(Routes.OTHER)).isEmpty();
  }

  private String load(String text) {
    return call("load", text);
  }

  @SuppressWarnings("unchecked")
  private String call(String function, String argument) {
    return ((UnaryOperator<String>) container.service(UnaryOperator.class, "(name=%s)", function))
        .apply(argument);
  }

  @SuppressWarnings("unchecked")
  private Object send(String uri, Object body) {
    return ((BinaryOperator<Object>) container.service(BinaryOperator.class, "(objectClass=*)", ""))
        .apply(uri, body);
  }
}
