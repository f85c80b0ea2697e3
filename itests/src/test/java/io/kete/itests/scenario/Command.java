// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What the {@code kete} command of the product said and gave back.
 *
 * @param code exit code
 * @param text what it printed, to both channels
 */
record Command(int code, String text) {

  /** Runs it for a site until it ends. */
  static Command run(Site site, String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Product.installation().resolve("bin/kete").toString());
    command.addAll(List.of(words));
    command.addAll(List.of("--data", site.data().toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .put("KETE_JAVA", Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String text =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Command(process.exitValue(), text);
  }
}
