// SPDX-License-Identifier: EPL-2.0
package io.kete.demo;

import io.kete.demo.centre.Subscriber.Login;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyUsage;

/**
 * Writes what the gateway finds when it starts: its configuration, the signed policy, a signed
 * model, and the certificates it may trust.
 */
record GatewaySetup(Plan plan, RunDirectory directory, String gateway) {

  /**
   * Writes it.
   *
   * @param modbusPort where the plant listens
   * @param brokerPort where the line to the broker begins
   * @return the centre, whose private key stays outside the gateway's directory
   */
  Identity write(int modbusPort, int brokerPort) throws IOException, GeneralSecurityException {
    Clock clock = Clock.systemUTC();
    Identity centre = Identity.generate("Kete demo centre", KeyUsage.keyAgreement, clock);
    Identity site = Identity.generate("Kete demo site", KeyUsage.digitalSignature, clock);
    Path user = directory.gateway().resolve("user");
    centre.writeKey(directory.root().resolve("centre/centre.key.pem"));
    centre.writeCertificate(user.resolve("certificates/centre.pem"));
    site.writeCertificate(user.resolve("anchors/policy/site.pem"));
    models(clock, user);
    byte[] policy =
        Template.fill(plan.templates().resolve("policy.json"), Map.of())
            .getBytes(StandardCharsets.UTF_8);
    Files.write(user.resolve("policy.json"), policy);
    Files.write(user.resolve("policy.json.p7s"), site.sign(policy));
    String snapshot =
        Template.fill(
            plan.templates().resolve("snapshot_0.xml"), values(modbusPort, brokerPort, user));
    Files.writeString(user.resolve("snapshots/snapshot_0.xml"), snapshot, StandardCharsets.UTF_8);
    return centre;
  }

  /** Signs the models and their packages; the first is installed, the others are ordered later. */
  private void models(Clock clock, Path user) throws IOException, GeneralSecurityException {
    Identity trainer = Identity.generate("Kete demo trainer", KeyUsage.digitalSignature, clock);
    trainer.writeCertificate(user.resolve("anchors/model/trainer.pem"));
    Identity vendor = Identity.generate("Kete demo vendor", KeyUsage.digitalSignature, clock);
    vendor.writeCertificate(user.resolve("anchors/package/vendor.pem"));
    for (String version : Plan.MODELS) {
      ModelBundle.sign(plan.model(version), directory.model(version), trainer);
      ModelPackage.write(
          directory.model(version), version, directory.modelPackage(version), vendor);
    }
    Files.copy(
        directory.modelPackage(Plan.MODEL_FIRST),
        directory.gateway().resolve("packages").resolve(ModelPackage.NAME + ".dp"));
  }

  private Map<String, String> values(int modbusPort, int brokerPort, Path user) {
    Optional<Login> login = plan.broker().flatMap(BrokerUrl::login);
    Map<String, String> values = new HashMap<>();
    values.put("modbus.port", Integer.toString(modbusPort));
    values.put("broker.url", "mqtt://127.0.0.1:" + brokerPort);
    values.put("broker.user", login.map(Login::user).orElse(""));
    values.put("broker.password", login.map(Login::password).orElse(""));
    values.put("account", Plan.ACCOUNT);
    values.put("gateway", gateway);
    values.put("user", user.toString());
    Plan.DEADBANDS.forEach((channel, bound) -> values.put("deadband." + channel, bound.toString()));
    return values;
  }
}
