// SPDX-License-Identifier: EPL-2.0
package io.kete.container.security;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.cert.CRL;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PKCS#12 file whose password is made of the secret of this device, and a file of revocation
 * lists beside it. A file that was made elsewhere is taken over with its own password once.
 */
final class KeystoreFile {

  private static final Logger logger = LoggerFactory.getLogger(KeystoreFile.class);
  private static final int MAX_BYTES = 4 << 20;

  private final Path file;
  private final Path lists;
  private final char[] password;
  private final Supplier<char[]> foreign;

  /**
   * A file that need not be there yet.
   *
   * @param secret of this device
   * @param foreign password of a file that was made elsewhere; empty when there is none
   */
  KeystoreFile(Path file, byte[] secret, Supplier<char[]> foreign) {
    this.file = file;
    this.lists = file.resolveSibling(file.getFileName() + ".crl");
    this.password = derived(secret);
    this.foreign = foreign;
  }

  /** One-way, so that who learns a file's password has not learned the secret. */
  private static char[] derived(byte[] secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      byte[] derived = mac.doFinal("kete keystore 1".getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().withoutPadding().encodeToString(derived).toCharArray();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  /** What protects the keys of the store, to be read only. */
  char[] password() {
    return password;
  }

  /** The content as it is on the medium; an empty store when there is no file. */
  KeyStore load() throws IOException, GeneralSecurityException {
    if (!Files.exists(file)) {
      return empty();
    }
    byte[] bytes = bytes(file);
    try {
      return opened(bytes, password);
    } catch (IOException e) {
      char[] given = foreign.get();
      if (given.length == 0) {
        throw new IOException(
            "it is not protected by the secret of this device; set keystore.password once", e);
      }
      return takenOver(opened(bytes, given), given);
    }
  }

  private static byte[] bytes(Path from) throws IOException {
    if (Files.size(from) > MAX_BYTES) {
      throw new IOException("it has more than " + MAX_BYTES + " bytes");
    }
    return Files.readAllBytes(from);
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  /** The platform's PKCS12 reads JKS as well. */
  private static KeyStore opened(byte[] bytes, char[] password)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(new ByteArrayInputStream(bytes), password);
    } catch (UncheckedIOException | IllegalArgumentException | ArithmeticException e) {
      throw new IOException("it is damaged", e);
    }
    return store;
  }

  private KeyStore takenOver(KeyStore from, char[] given)
      throws IOException, GeneralSecurityException {
    KeyStore own = empty();
    for (String alias : Collections.list(from.aliases())) {
      Key key = from.getKey(alias, given);
      if (key instanceof PrivateKey) {
        own.setKeyEntry(alias, key, password, from.getCertificateChain(alias));
      } else if (key == null) {
        own.setCertificateEntry(alias, from.getCertificate(alias));
      } else {
        throw new KeyStoreException(alias + " is neither a private key nor a certificate");
      }
    }
    save(own);
    logger.info("keystore_taken_over file={} entries={}", file, own.size());
    return own;
  }

  void save(KeyStore store) throws IOException, GeneralSecurityException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    store.store(bytes, password);
    OwnerFile.write(file, bytes.toByteArray());
  }

  List<CRL> revocations() throws IOException, GeneralSecurityException {
    if (!Files.exists(lists)) {
      return List.of();
    }
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    return new ArrayList<>(factory.generateCRLs(new ByteArrayInputStream(bytes(lists))));
  }

  void saveRevocations(Collection<? extends CRL> all) throws IOException, GeneralSecurityException {
    StringBuilder text = new StringBuilder();
    for (CRL list : all) {
      text.append(Pem.of("X509 CRL", ((java.security.cert.X509CRL) list).getEncoded()));
    }
    OwnerFile.write(lists, text.toString().getBytes(StandardCharsets.US_ASCII));
  }
}
