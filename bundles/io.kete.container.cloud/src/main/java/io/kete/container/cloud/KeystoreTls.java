// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.security.keystore.KeystoreService;
import org.eclipse.kura.ssl.SslManagerService;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/**
 * TLS with the keys and the trust of keystores. The keystores are read for each context, so that a
 * renewed certificate counts from the next connection on. A keystore that is not there is an error
 * and never replaced by Java's own trust.
 */
@Component(
    name = KeystoreTls.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    service = {ConfigurableComponent.class, SslManagerService.class})
@Designate(ocd = TlsConfig.class, factory = true)
public final class KeystoreTls implements SslManagerService, ConfigurableComponent {

  /** Kura's PID of the TLS settings. */
  static final String PID = "org.eclipse.kura.ssl.SslManagerService";

  private final TlsSettings settings;
  private final @Nullable KeystoreService trust;
  private final @Nullable KeystoreService keys;

  /** Called by the framework; reads nothing yet. */
  @Activate
  public KeystoreTls(
      TlsConfig config,
      @Reference(
              name = "TruststoreKeystoreService",
              cardinality = ReferenceCardinality.OPTIONAL,
              policyOption = ReferencePolicyOption.GREEDY)
          @Nullable KeystoreService trust,
      @Reference(
              name = "KeystoreService",
              cardinality = ReferenceCardinality.OPTIONAL,
              policyOption = ReferencePolicyOption.GREEDY)
          @Nullable KeystoreService keys) {
    this(TlsSettings.of(config), trust, keys);
  }

  KeystoreTls(
      TlsSettings settings, @Nullable KeystoreService trust, @Nullable KeystoreService keys) {
    this.settings = settings;
    this.trust = trust;
    this.keys = keys;
  }

  @Override
  public SSLContext getSSLContext() throws GeneralSecurityException, IOException {
    return context(keyManagers(), trusted(), null);
  }

  @Override
  public SSLContext getSSLContext(String keyAlias) throws GeneralSecurityException, IOException {
    return context(keyManagers(), trusted(), keyAlias);
  }

  @Override
  public SSLSocketFactory getSSLSocketFactory() throws GeneralSecurityException, IOException {
    return sockets(getSSLContext());
  }

  @Override
  public SSLSocketFactory getSSLSocketFactory(String keyAlias)
      throws GeneralSecurityException, IOException {
    return sockets(getSSLContext(keyAlias));
  }

  @Override
  @Deprecated
  public SSLSocketFactory getSSLSocketFactory(
      @Nullable String protocol,
      @Nullable String cipherSuites,
      @Nullable String trustStorePath,
      @Nullable String keyStorePath,
      char @Nullable [] keyStorePassword,
      @Nullable String keyAlias)
      throws GeneralSecurityException, IOException {
    return getSSLSocketFactory(
        protocol,
        cipherSuites,
        trustStorePath,
        keyStorePath,
        keyStorePassword,
        keyAlias,
        settings.verifyHost());
  }

  @Override
  @Deprecated
  public SSLSocketFactory getSSLSocketFactory(
      @Nullable String protocol,
      @Nullable String cipherSuites,
      @Nullable String trustStorePath,
      @Nullable String keyStorePath,
      char @Nullable [] keyStorePassword,
      @Nullable String keyAlias,
      boolean hostnameVerification)
      throws GeneralSecurityException, IOException {
    Collection<X509Certificate> trusted =
        trustStorePath == null
            ? trusted()
            : Trust.certificates(KeyStore.getInstance(new File(trustStorePath), keyStorePassword));
    KeyManager[] managers =
        keyStorePath == null ? keyManagers() : keyManagers(keyStorePath, keyStorePassword);
    return new TlsSockets(
        context(managers, trusted, keyAlias).getSocketFactory(),
        protocol == null ? settings.protocols() : TlsSettings.protocols(protocol),
        cipherSuites == null ? settings.ciphers() : TlsSettings.ciphers(cipherSuites),
        hostnameVerification);
  }

  @Override
  @Deprecated
  public X509Certificate[] getTrustCertificates() throws GeneralSecurityException, IOException {
    return trusted().toArray(X509Certificate[]::new);
  }

  @Override
  @Deprecated
  public void installTrustCertificate(String alias, X509Certificate x509crt) throws IOException {
    change(
        trust,
        settings.trustFilter(),
        store -> store.setEntry(alias, new KeyStore.TrustedCertificateEntry(x509crt)));
  }

  @Override
  @Deprecated
  public void deleteTrustCertificate(String alias) throws IOException {
    change(trust, settings.trustFilter(), store -> store.deleteEntry(alias));
  }

  /** The keystore protects the key in its own way; the password is not used. */
  @Override
  @Deprecated
  public void installPrivateKey(
      String alias, PrivateKey privateKey, char[] password, Certificate[] publicCerts)
      throws IOException {
    change(
        keys,
        settings.keyFilter(),
        store -> store.setEntry(alias, new KeyStore.PrivateKeyEntry(privateKey, publicCerts)));
  }

  @FunctionalInterface
  private interface Edit {
    void on(KeystoreService store) throws KuraException;
  }

  private static void change(@Nullable KeystoreService store, String filter, Edit edit)
      throws IOException {
    try {
      edit.on(there(store, filter));
    } catch (KuraException e) {
      throw unreadable(filter, e);
    }
  }

  private SSLSocketFactory sockets(SSLContext context) {
    return new TlsSockets(
        context.getSocketFactory(),
        settings.protocols(),
        settings.ciphers(),
        settings.verifyHost());
  }

  private SSLContext context(
      KeyManager[] managers, Collection<X509Certificate> trusted, @Nullable String keyAlias)
      throws GeneralSecurityException, IOException {
    if (trusted.isEmpty()) {
      throw new KeystoreMissingException(
          "the keystore "
              + settings.trustFilter()
              + " holds no trusted certificate: add the one of the broker's certificate authority");
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        keyAlias == null ? managers : NamedKey.of(keyAlias, managers),
        Trust.managers(trusted, settings.revocation(), trust),
        null);
    return context;
  }

  private Collection<X509Certificate> trusted() throws GeneralSecurityException, IOException {
    try {
      return Trust.certificates(there(trust, settings.trustFilter()).getKeyStore());
    } catch (KuraException e) {
      throw unreadable(settings.trustFilter(), e);
    }
  }

  private KeyManager[] keyManagers() throws IOException {
    try {
      List<KeyManager> managers =
          there(keys, settings.keyFilter()).getKeyManagers(KeyManagerFactory.getDefaultAlgorithm());
      return new ArrayList<>(managers).toArray(KeyManager[]::new);
    } catch (KuraException e) {
      throw unreadable(settings.keyFilter(), e);
    }
  }

  private static KeyManager[] keyManagers(String path, char @Nullable [] password)
      throws GeneralSecurityException, IOException {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(KeyStore.getInstance(new File(path), password), password);
    return factory.getKeyManagers();
  }

  private static KeystoreService there(@Nullable KeystoreService store, String filter)
      throws IOException {
    if (store == null) {
      throw new KeystoreMissingException(
          "there is no keystore "
              + filter
              + ": configure one, or correct KeystoreService.target and"
              + " TruststoreKeystoreService.target of "
              + PID);
    }
    return store;
  }

  private static IOException unreadable(String filter, KuraException cause) {
    IOException unreadable =
        new KeystoreMissingException(
            "the keystore " + filter + " cannot be used: " + cause.getMessage());
    unreadable.addSuppressed(cause);
    return unreadable;
  }
}
