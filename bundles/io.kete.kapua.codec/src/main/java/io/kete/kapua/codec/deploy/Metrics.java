// SPDX-License-Identifier: EPL-2.0
package io.kete.kapua.codec.deploy;

import java.util.Optional;
import org.eclipse.kura.message.KuraPayload;

/** Reads the metrics of an order; what is there has to be of the right type and size. */
final class Metrics {

  static final String JOB = "job.id";
  static final String NAME = "dp.name";
  static final String VERSION = "dp.version";

  /** Kapua's own limit for names and versions. */
  static final int MAX_NAME = 256;

  private final KuraPayload payload;

  Metrics(KuraPayload payload) {
    this.payload = payload;
  }

  /** The operation this belongs to; Kapua sends INT64, scripts often INT32. */
  long job() throws BadOrderException {
    Object value = payload.getMetric(JOB);
    if (value instanceof Long || value instanceof Integer) {
      return ((Number) value).longValue();
    }
    throw wrong(JOB, "INT64");
  }

  String text(String metric, int longest) throws BadOrderException {
    return optionalText(metric, longest)
        .filter(text -> !text.isBlank())
        .orElseThrow(() -> wrong(metric, "STRING that is not empty"));
  }

  Optional<String> optionalText(String metric, int longest) throws BadOrderException {
    Object value = payload.getMetric(metric);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof String text)) {
      throw wrong(metric, "STRING");
    }
    if (text.length() > longest) {
      throw new BadOrderException(metric + " is longer than " + longest + " characters");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new BadOrderException(metric + " holds control characters");
    }
    return Optional.of(text);
  }

  boolean flag(String metric, boolean otherwise) throws BadOrderException {
    Object value = payload.getMetric(metric);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw wrong(metric, "BOOL");
  }

  int number(String metric, int otherwise, int least, int most) throws BadOrderException {
    Object value = payload.getMetric(metric);
    if (value == null) {
      return otherwise;
    }
    if (!(value instanceof Integer number)) {
      throw wrong(metric, "INT32");
    }
    if (number < least || number > most) {
      throw new BadOrderException(
          metric + "=" + number + " is not between " + least + " and " + most);
    }
    return number;
  }

  /** What this gateway does not do is refused, not left out. */
  void refuseRest() throws BadOrderException {
    if (flag("dp.install.system.update", false)) {
      throw new BadOrderException(
          "dp.install.system.update=true: scripts are not run; send a deployment package");
    }
    if (flag("dp.reboot", false)) {
      throw new BadOrderException(
          "dp.reboot=true: the machine is not rebooted; packages take effect without it");
    }
  }

  private static BadOrderException wrong(String metric, String type) {
    return new BadOrderException("the metric " + metric + " has to be a " + type);
  }
}
