// SPDX-License-Identifier: EPL-2.0
package io.kete.container.security;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CRL;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.X509CRL;
import java.security.spec.AlgorithmParameterSpec;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.OperatorCreationException;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.security.keystore.KeystoreChangedEvent;
import org.eclipse.kura.security.keystore.KeystoreService;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kura's keystore in a file. The file is read at each call, so that what is on the medium is the
 * only truth, and a broken one is told by every call and not by a gateway that does not start.
 */
@Component(
    name = FileKeystore.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    service = {ConfigurableComponent.class, KeystoreService.class})
@Designate(ocd = FileKeystoreConfig.class, factory = true)
public final class FileKeystore implements KeystoreService, ConfigurableComponent {

  /** Kura's PID of a keystore in a file. */
  static final String PID = "org.eclipse.kura.core.keystore.FilesystemKeystoreServiceImpl";

  private static final Logger logger = LoggerFactory.getLogger(FileKeystore.class);

  private final String pid;
  private final KeystoreFile file;
  private final KeyMaker maker;
  private final Consumer<KeystoreChangedEvent> changed;
  private final SecureRandom random = new SecureRandom();

  /** Called by the container. */
  @Activate
  public FileKeystore(
      FileKeystoreConfig config,
      Map<String, Object> properties,
      BundleContext context,
      @Reference(name = "CryptoService") CryptoService crypto,
      @Reference(name = "EventAdmin") EventAdmin events) {
    this(
        String.valueOf(properties.getOrDefault("kura.service.pid", PID)),
        path(config.keystore_path(), context),
        GatewaySecret.of(context),
        () -> clear(config.keystore_password(), crypto),
        Clock.systemUTC(),
        events::postEvent);
  }

  FileKeystore(
      String pid,
      Path file,
      byte[] secret,
      Supplier<char[]> foreign,
      Clock clock,
      Consumer<KeystoreChangedEvent> changed) {
    this.pid = pid;
    this.file = new KeystoreFile(file, secret, foreign);
    this.maker = new KeyMaker(clock);
    this.changed = changed;
  }

  private static Path path(String configured, BundleContext context) {
    if (configured.isBlank()) {
      throw new IllegalArgumentException(PID + ": keystore.path is empty; a file is needed");
    }
    String data = context.getProperty("kete.data");
    Path folder = data == null || data.isBlank() ? context.getDataFile("").toPath() : Path.of(data);
    return folder.resolve(configured.strip()).normalize();
  }

  private static char[] clear(String configured, CryptoService crypto) {
    if (configured.isEmpty()) {
      return new char[0];
    }
    try {
      return crypto.decryptAes(configured.toCharArray());
    } catch (KuraException e) {
      return configured.toCharArray(); // a configuration that holds it in clear
    }
  }

  /** What is read from the store. */
  @FunctionalInterface
  private interface Reading<T> {
    T of(KeyStore store)
        throws IOException, GeneralSecurityException, OperatorCreationException, KuraException;
  }

  /** What is done with the store before it is saved. */
  @FunctionalInterface
  private interface Edit {
    void on(KeyStore store)
        throws IOException, GeneralSecurityException, OperatorCreationException, KuraException;
  }

  private synchronized <T> T read(Reading<T> reading) throws KuraException {
    try {
      return reading.of(file.load());
    } catch (IOException e) {
      logger.error("keystore_unreadable pid={} reason={}", pid, e.getMessage());
      throw new KuraException(KuraErrorCode.IO_ERROR, e, pid);
    } catch (GeneralSecurityException | OperatorCreationException | IllegalArgumentException e) {
      throw new KuraException(KuraErrorCode.SECURITY_EXCEPTION, e, pid);
    }
  }

  private void change(Edit edit) throws KuraException {
    changed.accept(
        read(
            store -> {
              edit.on(store);
              file.save(store);
              return new KeystoreChangedEvent(pid);
            }));
  }

  private Optional<KeyStore.Entry> entry(KeyStore store, String alias)
      throws GeneralSecurityException {
    KeyStore.ProtectionParameter protection =
        store.isKeyEntry(alias) ? new KeyStore.PasswordProtection(file.password()) : null;
    return Optional.ofNullable(store.getEntry(alias, protection));
  }

  @Override
  public KeyStore getKeyStore() throws KuraException {
    return read(store -> store);
  }

  @Override
  public KeyStore.@Nullable Entry getEntry(String alias) throws KuraException {
    return read(store -> entry(store, alias)).orElse(null);
  }

  @Override
  public Map<String, KeyStore.Entry> getEntries() throws KuraException {
    return read(
        store -> {
          Map<String, KeyStore.Entry> entries = new LinkedHashMap<>();
          for (String alias : Collections.list(store.aliases())) {
            entry(store, alias).ifPresent(entry -> entries.put(alias, entry));
          }
          return entries;
        });
  }

  @Override
  public List<String> getAliases() throws KuraException {
    return read(store -> Collections.list(store.aliases()));
  }

  @Override
  public void setEntry(String alias, KeyStore.Entry entry) throws KuraException {
    change(
        store -> {
          if (entry instanceof KeyStore.TrustedCertificateEntry) {
            store.setEntry(alias, entry, null);
          } else if (entry instanceof KeyStore.PrivateKeyEntry) {
            store.setEntry(alias, entry, new KeyStore.PasswordProtection(file.password()));
          } else {
            throw new KuraException(
                KuraErrorCode.BAD_REQUEST, alias + ": a private key or a certificate is needed");
          }
        });
  }

  @Override
  public void deleteEntry(String alias) throws KuraException {
    change(
        store -> {
          if (!store.containsAlias(alias)) {
            throw new KuraException(KuraErrorCode.NOT_FOUND, alias);
          }
          store.deleteEntry(alias);
        });
  }

  @Override
  public List<KeyManager> getKeyManagers(String algorithm) throws KuraException {
    return read(store -> managers(store, KeyManagerFactory.getInstance(algorithm)));
  }

  @Override
  public List<KeyManager> getKeyManagers(String algorithm, String provider) throws KuraException {
    return read(store -> managers(store, KeyManagerFactory.getInstance(algorithm, provider)));
  }

  private List<KeyManager> managers(KeyStore store, KeyManagerFactory factory)
      throws GeneralSecurityException {
    factory.init(store, file.password());
    return List.of(factory.getKeyManagers());
  }

  @Override
  public void createKeyPair(
      String alias, String algorithm, int keySize, String signatureAlgorithm, String attributes)
      throws KuraException {
    createKeyPair(alias, algorithm, keySize, signatureAlgorithm, attributes, random);
  }

  @Override
  public void createKeyPair(
      String alias,
      String algorithm,
      int keySize,
      String signatureAlgorithm,
      String attributes,
      SecureRandom secureRandom)
      throws KuraException {
    Pairs pairs = () -> KeyMaker.pair(algorithm, keySize, secureRandom);
    create(alias, pairs, signatureAlgorithm, attributes, secureRandom);
  }

  @Override
  public void createKeyPair(
      String alias,
      String algorithm,
      AlgorithmParameterSpec algorithmParameter,
      String signatureAlgorithm,
      String attributes,
      SecureRandom secureRandom)
      throws KuraException {
    Pairs pairs = () -> KeyMaker.pair(algorithm, algorithmParameter, secureRandom);
    create(alias, pairs, signatureAlgorithm, attributes, secureRandom);
  }

  @Override
  public void createKeyPair(
      String alias,
      String algorithm,
      AlgorithmParameterSpec algorithmParameter,
      String signatureAlgorithm,
      String attributes)
      throws KuraException {
    createKeyPair(alias, algorithm, algorithmParameter, signatureAlgorithm, attributes, random);
  }

  /** Makes one key pair. */
  @FunctionalInterface
  private interface Pairs {
    KeyPair make() throws GeneralSecurityException, KuraException;
  }

  private void create(
      String alias, Pairs pairs, String algorithm, String name, SecureRandom randomness)
      throws KuraException {
    change(
        store -> {
          if (store.containsAlias(alias)) {
            throw new KuraException(
                KuraErrorCode.BAD_REQUEST, alias + " is there already; delete it first");
          }
          KeyStore.Entry made = maker.entry(pairs.make(), algorithm, name, randomness);
          store.setEntry(alias, made, new KeyStore.PasswordProtection(file.password()));
        });
    logger.info("keystore_pair_created pid={} alias={}", pid, alias);
  }

  @Override
  public String getCSR(KeyPair keyPair, X500Principal principal, String signerAlg)
      throws KuraException {
    try {
      return KeyMaker.request(keyPair, principal, signerAlg);
    } catch (IOException | OperatorCreationException | IllegalArgumentException e) {
      throw new KuraException(KuraErrorCode.SECURITY_EXCEPTION, e, pid);
    }
  }

  @Override
  public String getCSR(String alias, X500Principal principal, String signerAlg)
      throws KuraException {
    if (getEntry(alias) instanceof KeyStore.PrivateKeyEntry entry) {
      KeyPair pair = new KeyPair(entry.getCertificate().getPublicKey(), entry.getPrivateKey());
      return getCSR(pair, principal, signerAlg);
    }
    throw new KuraException(KuraErrorCode.NOT_FOUND, alias + " is no private key");
  }

  @Override
  public Collection<CRL> getCRLs() throws KuraException {
    return read(store -> file.revocations());
  }

  @Override
  public CertStore getCRLStore() throws KuraException {
    return read(
        store ->
            CertStore.getInstance(
                "Collection", new CollectionCertStoreParameters(file.revocations())));
  }

  /** A list takes the place of the older one of the same issuer. */
  @Override
  public void addCRL(X509CRL crl) throws KuraException {
    changed.accept(
        read(
            store -> {
              List<CRL> all = new ArrayList<>(file.revocations());
              all.removeIf(
                  list ->
                      list instanceof X509CRL old
                          && old.getIssuerX500Principal().equals(crl.getIssuerX500Principal()));
              all.add(crl);
              file.saveRevocations(all);
              return new KeystoreChangedEvent(pid);
            }));
  }
}
