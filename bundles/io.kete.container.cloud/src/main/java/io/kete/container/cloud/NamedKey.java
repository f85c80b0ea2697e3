// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Shows the key of one alias, whichever others there are. */
final class NamedKey extends X509ExtendedKeyManager {

  private final String alias;
  private final X509ExtendedKeyManager keys;

  private NamedKey(String alias, X509ExtendedKeyManager keys) {
    this.alias = alias;
    this.keys = keys;
  }

  static KeyManager[] of(String alias, KeyManager[] managers) {
    return Arrays.stream(managers)
        .map(
            manager ->
                manager instanceof X509ExtendedKeyManager keys
                    ? new NamedKey(alias, keys)
                    : manager)
        .toArray(KeyManager[]::new);
  }

  @Override
  public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return new String[] {alias};
  }

  @Override
  public String chooseClientAlias(
      String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return alias;
  }

  @Override
  public String chooseEngineClientAlias(
      String[] keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return alias;
  }

  @Override
  public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return new String[] {alias};
  }

  @Override
  public String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return alias;
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String wanted) {
    return keys.getCertificateChain(wanted);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String wanted) {
    return keys.getPrivateKey(wanted);
  }
}
