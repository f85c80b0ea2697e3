// SPDX-License-Identifier: EPL-2.0
package io.kete.cli.doctor;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the running gateway says itself. */
record GatewayCheck(Site site, Optional<JsonObject> status) implements Check {

  @Override
  public String name() {
    return "gateway";
  }

  @Override
  public List<Finding> look() {
    if (!site.isRunning()) {
      return List.of(Finding.ok(name(), "not running; kete start starts it"));
    }
    if (status.isEmpty()) {
      return List.of(
          Finding.warn(name(), "runs, but its status page gives no answer", "see kete status"));
    }
    List<Finding> findings = new ArrayList<>();
    JsonValue problems = status.get().get("problems");
    if (problems != null && problems.isArray()) {
      for (JsonValue problem : problems.asArray()) {
        findings.add(
            Finding.fail(
                name(),
                problem.isString() ? problem.asString() : problem.toString(),
                "see docs/errors.md"));
      }
    }
    if (findings.isEmpty()) {
      findings.add(Finding.ok(name(), "runs and has nothing to complain about"));
    }
    return findings;
  }
}
