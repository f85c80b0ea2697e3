// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checked settings of TLS connections.
 *
 * @param protocols the versions offered
 * @param ciphers the cipher suites offered; empty for Java's own choice
 * @param verifyHost whether the certificate has to hold the host's name
 * @param revocation how revocation is checked
 * @param trustFilter names the keystore of trusted certificates, for messages
 * @param keyFilter names the keystore of this gateway's key, for messages
 */
record TlsSettings(
    List<String> protocols,
    List<String> ciphers,
    boolean verifyHost,
    Revocation revocation,
    String trustFilter,
    String keyFilter) {

  private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");
  private static final Set<String> ANY = Set.of("", "TLS");

  /** How it is found out whether a certificate was revoked. */
  enum Revocation {
    OFF,
    PREFER_OCSP,
    PREFER_CRL,
    CRL_ONLY
  }

  static TlsSettings of(TlsConfig config) {
    return new TlsSettings(
        protocols(config.ssl_default_protocol()),
        ciphers(config.ssl_default_cipherSuites()),
        config.ssl_hostname_verification(),
        config.ssl_revocation_check_enabled()
            ? revocation(config.ssl_revocation_mode())
            : Revocation.OFF,
        config.TruststoreKeystoreService_target(),
        config.KeystoreService_target());
  }

  static List<String> protocols(@Nullable String configured) {
    String text = configured == null ? "" : configured.strip();
    if (ANY.contains(text)) {
      return PROTOCOLS;
    }
    if (!PROTOCOLS.contains(text)) {
      throw Settings.wrong(KeystoreTls.PID, "ssl.default.protocol", "is empty, TLSv1.2 or TLSv1.3");
    }
    return List.of(text);
  }

  static List<String> ciphers(@Nullable String configured) {
    return configured == null
        ? List.of()
        : Arrays.stream(configured.split(",", -1))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .toList();
  }

  private static Revocation revocation(String mode) {
    return Arrays.stream(Revocation.values())
        .filter(known -> known != Revocation.OFF && known.name().equals(mode))
        .findFirst()
        .orElseThrow(
            () ->
                Settings.wrong(
                    KeystoreTls.PID,
                    "ssl.revocation.mode",
                    "is one of PREFER_OCSP, PREFER_CRL, CRL_ONLY"));
  }
}
