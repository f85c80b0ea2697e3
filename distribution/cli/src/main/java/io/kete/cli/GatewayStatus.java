// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.ParseException;
import java.io.IOException;
import java.util.Optional;

/** What the status page of the running gateway says. */
final class GatewayStatus {

  private GatewayStatus() {}

  /** Why there is no status; the code is what the command ends with. */
  static final class NoStatusException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int code;

    NoStatusException(String message, int code) {
      super(message);
      this.code = code;
    }

    int code() {
      return code;
    }

    /** What is wrong, without the name of the command before it. */
    String reason() {
      return String.valueOf(getMessage()).replaceFirst("^kete: ", "");
    }
  }

  /** Asks once. */
  static JsonObject read(Installation gateway) throws NoStatusException, InterruptedException {
    if (gateway.process().isEmpty()) {
      throw new NoStatusException(
          "kete: no gateway is running with " + gateway.data() + "; see kete start",
          ExitCode.NOT_RUNNING);
    }
    Optional<Integer> port = gateway.statusPort();
    if (port.isEmpty()) {
      throw new NoStatusException(
          "kete: the gateway is starting, or its status page is switched off", ExitCode.FAILED);
    }
    try {
      return Json.parse(new StatusClient().json(port.get())).asObject();
    } catch (IOException | ParseException | UnsupportedOperationException e) {
      throw new NoStatusException(
          "kete: the status page on port " + port.get() + " gave no answer: " + e, ExitCode.FAILED);
    }
  }
}
