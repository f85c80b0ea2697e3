// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.security.keystore;

import java.security.KeyPair;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CRL;
import java.security.cert.CertStore;
import java.security.cert.X509CRL;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.security.auth.x500.X500Principal;
import org.eclipse.kura.KuraException;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One store of keys, certificates and revocation lists. Changes are saved before a method returns.
 * Every method throws {@link KuraException} when the store cannot be read or written.
 */
@ProviderType
public interface KeystoreService {
  /** The store itself; changes to it are not saved. */
  KeyStore getKeyStore() throws KuraException;

  /** The entry of that alias, or null. */
  KeyStore.@Nullable Entry getEntry(String alias) throws KuraException;

  /** Adds or replaces an entry. */
  void setEntry(String alias, KeyStore.Entry entry) throws KuraException;

  /** Every entry by alias. */
  Map<String, KeyStore.Entry> getEntries() throws KuraException;

  /** Deletes an entry. */
  void deleteEntry(String alias) throws KuraException;

  /** Key managers for TLS with the default provider. */
  List<KeyManager> getKeyManagers(String algorithm) throws KuraException;

  /** Key managers for TLS. */
  List<KeyManager> getKeyManagers(String algorithm, String provider) throws KuraException;

  /** Creates a key pair with a self-signed certificate; attributes are an X.500 name. */
  void createKeyPair(
      String alias, String algorithm, int keySize, String signatureAlgorithm, String attributes)
      throws KuraException;

  /** Creates a key pair with a self-signed certificate from the given randomness. */
  void createKeyPair(
      String alias,
      String algorithm,
      int keySize,
      String signatureAlgorithm,
      String attributes,
      SecureRandom secureRandom)
      throws KuraException;

  /** Creates a key pair by parameters, such as a curve, from the given randomness. */
  void createKeyPair(
      String alias,
      String algorithm,
      AlgorithmParameterSpec algorithmParameter,
      String signatureAlgorithm,
      String attributes,
      SecureRandom secureRandom)
      throws KuraException;

  /** Creates a key pair by parameters, such as a curve. */
  void createKeyPair(
      String alias,
      String algorithm,
      AlgorithmParameterSpec algorithmParameter,
      String signatureAlgorithm,
      String attributes)
      throws KuraException;

  /** A signing request for the pair, as PEM. */
  String getCSR(KeyPair keyPair, X500Principal principal, String signerAlg) throws KuraException;

  /** A signing request for the entry of that alias, as PEM. */
  String getCSR(String alias, X500Principal principal, String signerAlg) throws KuraException;

  /** The aliases. */
  List<String> getAliases() throws KuraException;

  /** The revocation lists. */
  Collection<CRL> getCRLs() throws KuraException;

  /** The revocation lists, for certificate checks. */
  CertStore getCRLStore() throws KuraException;

  /** Adds a revocation list. */
  void addCRL(X509CRL crl) throws KuraException;
}
