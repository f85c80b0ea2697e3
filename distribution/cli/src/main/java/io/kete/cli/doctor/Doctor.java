// SPDX-License-Identifier: EPL-2.0
package io.kete.cli.doctor;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonObject.Member;
import com.eclipsesource.json.JsonValue;
import com.eclipsesource.json.ParseException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at everything a gateway needs, whether it runs or not. Changes nothing. */
public final class Doctor {

  private final List<Check> checks;

  private Doctor(List<Check> checks) {
    this.checks = checks;
  }

  /**
   * The doctor of a gateway.
   *
   * @param root of the file system, where the kernel and the time service tell about themselves
   */
  public static Doctor of(Site site, Path root, Clock clock) {
    Configured configured = Configured.of(site);
    Optional<JsonObject> status = status(site);
    return new Doctor(
        List.of(
            JavaCheck.ofThisProcess(),
            new MemoryCheck(root, site.isRunning()),
            new DiskCheck(site, configured),
            new ClockCheck(root, site.home(), clock),
            new PortCheck(site, configured),
            new ConfigurationCheck(site),
            new PolicyCheck(site, configured, clock),
            new CertificateCheck(site, configured, clock),
            new BrokerCheck(configured, status.map(Doctor::isConnected).orElse(false), clock),
            new GatewayCheck(site, status)));
  }

  private static Optional<JsonObject> status(Site site) {
    try {
      return site.status().map(text -> Json.parse(text).asObject());
    } catch (ParseException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  /** Whether every cloud connection of the gateway says that it is connected. */
  static boolean isConnected(JsonObject status) {
    JsonValue areas = status.get("areas");
    if (areas == null || !areas.isObject()) {
      return false;
    }
    boolean any = false;
    for (Member area : areas.asObject()) {
      if (area.getName().startsWith("cloud") && area.getValue().isObject()) {
        JsonValue facts = area.getValue().asObject().get("facts");
        JsonValue connected =
            facts == null || !facts.isObject() ? null : facts.asObject().get("connected");
        if (connected == null || !connected.isTrue()) {
          return false;
        }
        any = true;
      }
    }
    return any;
  }

  /** Every finding, in a fixed order. */
  public List<Finding> look() throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    for (Check check : checks) {
      try {
        findings.addAll(check.look());
      } catch (IOException e) {
        findings.add(
            Finding.fail(
                check.name(), "cannot be looked at: " + e, "run this as the owner of the data"));
      }
    }
    return findings;
  }
}
