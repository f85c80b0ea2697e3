// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.ssl;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Makes TLS contexts and sockets with the configured protocols, ciphers, trust and keys. */
@ProviderType
public interface SslManagerService {
  /** A context with every key of the store. */
  SSLContext getSSLContext() throws GeneralSecurityException, IOException;

  /** A context that shows the key of that alias. */
  SSLContext getSSLContext(String keyAlias) throws GeneralSecurityException, IOException;

  /** Sockets with every key of the store. */
  SSLSocketFactory getSSLSocketFactory() throws GeneralSecurityException, IOException;

  /** Sockets that show the key of that alias. */
  SSLSocketFactory getSSLSocketFactory(String keyAlias)
      throws GeneralSecurityException, IOException;

  /** Sockets with other settings than the configured ones; null leaves a setting as it is. */
  @Deprecated
  SSLSocketFactory getSSLSocketFactory(
      @Nullable String protocol,
      @Nullable String cipherSuites,
      @Nullable String trustStorePath,
      @Nullable String keyStorePath,
      char @Nullable [] keyStorePassword,
      @Nullable String keyAlias)
      throws GeneralSecurityException, IOException;

  /** Sockets with other settings than the configured ones; null leaves a setting as it is. */
  @Deprecated
  SSLSocketFactory getSSLSocketFactory(
      @Nullable String protocol,
      @Nullable String cipherSuites,
      @Nullable String trustStorePath,
      @Nullable String keyStorePath,
      char @Nullable [] keyStorePassword,
      @Nullable String keyAlias,
      boolean hostnameVerification)
      throws GeneralSecurityException, IOException;

  /** The trusted certificates; the keystore service is preferred. */
  @Deprecated
  X509Certificate[] getTrustCertificates() throws GeneralSecurityException, IOException;

  /** Trusts a certificate; the keystore service is preferred. */
  @Deprecated
  void installTrustCertificate(String alias, X509Certificate x509crt)
      throws GeneralSecurityException, IOException;

  /** Ends trust in a certificate; the keystore service is preferred. */
  @Deprecated
  void deleteTrustCertificate(String alias) throws GeneralSecurityException, IOException;

  /** Adds a key with its certificates; the keystore service is preferred. */
  @Deprecated
  void installPrivateKey(
      String alias, PrivateKey privateKey, char[] password, Certificate[] publicCerts)
      throws GeneralSecurityException, IOException;
}
