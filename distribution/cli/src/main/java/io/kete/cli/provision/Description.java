// SPDX-License-Identifier: EPL-2.0
package io.kete.cli.provision;

import io.kete.container.config.OfflineConfiguration;
import io.kete.policy.api.Verdict;
import io.kete.policy.api.Verifier.Purpose;
import io.kete.policy.cms.document.PolicyDocument;
import io.kete.policy.cms.document.PolicyException;
import io.kete.policy.cms.trust.CmsVerifier;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A directory that describes a gateway, read as a whole and held against its own sums. */
final class Description {

  private final GatewayFolder folder;
  private final Manifest manifest;
  private final String open;
  private final OfflineConfiguration configuration;

  private Description(
      GatewayFolder folder, Manifest manifest, String open, OfflineConfiguration configuration) {
    this.folder = folder;
    this.manifest = manifest;
    this.open = open;
    this.configuration = configuration;
  }

  static Description read(Path directory) throws ProvisionException, IOException {
    GatewayFolder folder = GatewayFolder.read(directory);
    Manifest manifest = Manifest.parse(folder.text(GatewayFolder.MANIFEST));
    if (manifest.sums().isPresent()) {
      requireSums(folder, manifest.sums().get());
    }
    Map<String, String> routes = new TreeMap<>();
    for (String name : folder.files().keySet()) {
      if (name.startsWith("routes/")) {
        routes.put(name, folder.text(name));
      }
    }
    String open = Places.withRoutes(folder.text(GatewayFolder.SNAPSHOT), routes);
    return new Description(folder, manifest, open, parsed(open));
  }

  private static OfflineConfiguration parsed(String document) throws ProvisionException {
    try {
      return OfflineConfiguration.read(
          GatewayFolder.SNAPSHOT, document.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new ProvisionException(String.valueOf(e.getMessage()));
    }
  }

  private static void requireSums(GatewayFolder folder, SortedMap<String, String> expected)
      throws ProvisionException {
    SortedMap<String, String> found = sums(folder);
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, String> sum : expected.entrySet()) {
      if (!sum.getValue().equals(found.get(sum.getKey()))) {
        wrong.add(
            Manifest.shown(sum.getKey())
                + (found.containsKey(sum.getKey())
                    ? " is not what gateway.json says; copy the directory again"
                    : " is missing"));
      }
    }
    found.keySet().stream()
        .filter(name -> !expected.containsKey(name))
        .forEach(name -> wrong.add(name + " is not listed in gateway.json"));
    if (!wrong.isEmpty()) {
      throw new ProvisionException(wrong);
    }
  }

  /** SHA-256 of every file but the manifest itself and the secrets, which come later. */
  static SortedMap<String, String> sums(GatewayFolder folder) {
    SortedMap<String, String> sums = new TreeMap<>();
    folder
        .files()
        .forEach(
            (name, content) -> {
              if (!name.equals(GatewayFolder.MANIFEST) && !name.equals(GatewayFolder.SECRETS)) {
                sums.put(name, HexFormat.of().formatHex(sha256().digest(content)));
              }
            });
    return sums;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The same directory with other values. */
  Description with(Manifest other) {
    return new Description(folder, other, open, configuration);
  }

  GatewayFolder folder() {
    return folder;
  }

  Manifest manifest() {
    return manifest;
  }

  /** The snapshot with its places still open. */
  OfflineConfiguration configuration() {
    return configuration;
  }

  /** The names of all values the snapshot asks for. */
  SortedSet<String> places() {
    return new TreeSet<>(Places.names(open));
  }

  /**
   * The snapshot as the gateway reads it.
   *
   * @param given values that do not come from the manifest: secrets, and what the host knows
   */
  String snapshot(Map<String, String> secrets, Map<String, String> given)
      throws ProvisionException {
    List<String> wrong =
        new ArrayList<>(SecretRules.misplaced(configuration, open, secrets.keySet()));
    Map<String, String> values = new TreeMap<>(manifest.values());
    secrets.forEach(
        (name, value) -> {
          if (values.put(name, value) != null) {
            wrong.add("@" + name + "@ stands in gateway.json and among the secrets");
          }
        });
    given.forEach(
        (name, value) -> {
          if (values.put(name, value) != null) {
            wrong.add("@" + name + "@ is given by the gateway itself; use another name");
          }
        });
    if (!wrong.isEmpty()) {
      throw new ProvisionException(wrong);
    }
    String filled = Places.filled(open, values);
    parsed(filled);
    return filled;
  }

  /** What is wrong with the policy and the certificates; a gateway would refuse the same. */
  List<String> objections(Clock clock) throws IOException {
    List<String> found = new ArrayList<>();
    for (Map.Entry<String, byte[]> file : folder.files().entrySet()) {
      if (file.getKey().startsWith("anchors/") || file.getKey().startsWith("certificates/")) {
        CertificateFile.objection(file.getKey(), file.getValue()).ifPresent(found::add);
      }
    }
    Optional<byte[]> policy = folder.file(GatewayFolder.POLICY);
    if (policy.isPresent()) {
      policyObjection(policy.get(), clock).ifPresent(found::add);
    }
    return found;
  }

  private Optional<String> policyObjection(byte[] policy, Clock clock) throws IOException {
    try {
      PolicyDocument document = PolicyDocument.parse(new String(policy, StandardCharsets.UTF_8));
      for (List<String> names : document.recipients().values()) {
        for (String name : names) {
          if (folder.file("certificates/" + name).isEmpty()) {
            return Optional.of(
                "policy.json names the recipient "
                    + Manifest.shown(name)
                    + ", which is not in certificates");
          }
        }
      }
    } catch (PolicyException e) {
      return Optional.of("policy.json: " + e.getMessage());
    }
    Optional<ByteBuffer> signature = folder.file(GatewayFolder.SIGNATURE).map(ByteBuffer::wrap);
    if (signature.isEmpty()) {
      return Optional.of("policy.json.p7s is missing; sign the policy with kete policy sign");
    }
    Verdict verdict =
        new CmsVerifier(folder.directory().resolve("anchors"), false, clock)
            .verify(Purpose.POLICY, new ByteArrayInputStream(policy), signature);
    return verdict instanceof Verdict.Refused refused
        ? Optional.of(
            "policy.json: " + refused.reason() + "; its signer has to be in anchors/policy")
        : Optional.empty();
  }
}
