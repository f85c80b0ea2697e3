// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

@ObjectClassDefinition(
    id = KeystoreTls.PID,
    name = "SslManagerService",
    description = "How TLS connections are made: whom to trust and which key to show.",
    icon = @Icon(resource = "OSGI-INF/icon.png", size = 32))
@SuppressWarnings("MemberName")
@interface TlsConfig {

  @AttributeDefinition(
      name = "ssl.default.protocol",
      description = "Empty: TLS 1.3 and 1.2. Otherwise only the one that is named.",
      required = false,
      options = {
        @Option(label = "TLS 1.3 and 1.2", value = ""),
        @Option(label = "TLS 1.2", value = "TLSv1.2"),
        @Option(label = "TLS 1.3", value = "TLSv1.3")
      })
  String ssl_default_protocol() default "";

  @AttributeDefinition(
      name = "ssl.default.cipherSuites",
      description = "Names of cipher suites with commas between. Empty: those of Java.",
      required = false)
  String ssl_default_cipherSuites() default "";

  @AttributeDefinition(
      name = "ssl.hostname.verification",
      description = "Whether the certificate of the server has to hold the name connected to.")
  boolean ssl_hostname_verification() default true;

  @AttributeDefinition(
      name = "TruststoreKeystoreService Target Filter",
      description = "Filter for the keystore whose certificates are trusted.")
  String TruststoreKeystoreService_target() default "(kura.service.pid=SSLKeystore)";

  @AttributeDefinition(
      name = "KeystoreService Target Filter",
      description = "Filter for the keystore that holds the key of this gateway.")
  String KeystoreService_target() default "(kura.service.pid=SSLKeystore)";

  @AttributeDefinition(
      name = "ssl.revocation.check.enabled",
      description =
          "Whether a certificate that was revoked, or whose state is unknown, is refused.")
  boolean ssl_revocation_check_enabled() default false;

  @AttributeDefinition(
      name = "ssl.revocation.mode",
      description = "Where to ask. CRL_ONLY needs lists in the keystore or in the certificates.",
      options = {
        @Option(label = "OCSP, else lists", value = "PREFER_OCSP"),
        @Option(label = "Lists, else OCSP", value = "PREFER_CRL"),
        @Option(label = "Lists only", value = "CRL_ONLY")
      })
  String ssl_revocation_mode() default "PREFER_OCSP";
}
