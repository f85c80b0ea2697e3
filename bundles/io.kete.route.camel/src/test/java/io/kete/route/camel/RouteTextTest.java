// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouteTextTest {
  private static final String VALID =
      """
      - route:
          from:
            uri: direct:a
            steps:
              - choice:
                  when:
                    - simple: "${body} == 'x'"
                      steps:
                        - to: { uri: "direct:b" }
              - setBody: { constant: "y" }
              - to: direct:c
      """;

  private final DefaultCamelContext context = new DefaultCamelContext(false);

  @BeforeEach
  void start() {
    ContextSetup.apply(context);
    context.build();
    context.start();
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void givesTheOneRoute() throws Exception {
    assertThat(new RouteText("pump", VALID).parse(context).getOutputs()).hasSize(3);
  }

  @Test
  void namesTheLineOfAnUnknownStep() {
    String broken = VALID.replace("setBody", "setBdy");
    assertThatThrownBy(() -> new RouteText("pump", broken).parse(context))
        .isInstanceOf(RouteTextException.class)
        .hasMessageContaining("route pump: line 10: ")
        .hasMessageContaining("setBdy");
  }

  @Test
  void refusesATextThatIsTooLong() {
    String text = VALID + "#".repeat(65_536);
    assertThatThrownBy(() -> new RouteText("pump", text).parse(context))
        .hasMessageContaining("longer than 65536");
  }

  @Test
  void refusesATextThatIsNestedTooDeeply() {
    for (String opening : new String[] {"[", "{a: ", "- "}) {
      String text = opening.repeat(60_000 / opening.length());
      assertThatThrownBy(() -> new RouteText("pump", text).parse(context))
          .isInstanceOf(RouteTextException.class)
          .hasMessageStartingWith("route pump: line 1: ");
    }
  }

  @Test
  void whateverTheTextItIsReadOrRefusedInWords() {
    Random random = new Random(17);
    int refused = 0;
    for (int i = 0; i < 500; i++) {
      try {
        new RouteText("pump", mutate(random)).parse(context);
      } catch (RouteTextException broken) {
        refused++;
        assertThat(broken.getMessage()).startsWith("route pump: ").hasSizeLessThan(1_000);
      }
    }
    assertThat(refused).isGreaterThan(150);
  }

  private static String mutate(Random random) {
    StringBuilder text = new StringBuilder(VALID);
    String signs = "{}[]:-&*!|>'\"%@`, \n\t\0\u00e9#?xyz";
    for (int i = 0; i <= random.nextInt(6); i++) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(3)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, signs.charAt(random.nextInt(signs.length())));
        default -> text.setCharAt(at, signs.charAt(random.nextInt(signs.length())));
      }
    }
    return text.toString();
  }
}
