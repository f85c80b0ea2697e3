// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.Base64;
import org.bouncycastle.operator.OperatorCreationException;

/**
 * A PKCS#12 file with keys that were made on this gateway. Its password is a secret of this device,
 * which is made at first use and lies beside it; both can be read by their owner only.
 */
final class KeyFile {

  private static final int SECRET_BYTES = 24;

  private final Path file;
  private final Path secret;

  KeyFile(Path folder, String name) {
    this.file = folder.resolve(name);
    this.secret = folder.resolve("device.secret");
  }

  /** Puts the first keys into an empty store. */
  interface Maker {
    void fill(KeyStore store, char[] password)
        throws IOException, GeneralSecurityException, OperatorCreationException;
  }

  /** What is in the file. */
  static final class Content {
    private final KeyStore store;
    private final char[] password;

    private Content(KeyStore store, char[] password) {
      this.store = store;
      this.password = password;
    }

    Key key(String alias) throws GeneralSecurityException {
      Key key = store.getKey(alias, password);
      if (key == null) {
        throw new KeyStoreException("no key under the alias " + alias);
      }
      return key;
    }

    Certificate certificate(String alias) throws GeneralSecurityException {
      Certificate certificate = store.getCertificate(alias);
      if (certificate == null) {
        throw new KeyStoreException("no certificate under the alias " + alias);
      }
      return certificate;
    }
  }

  /** Reads the file, or makes it. */
  Content open(Maker maker)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    char[] password = password(secret);
    KeyStore store = KeyStore.getInstance("PKCS12");
    if (Files.exists(file)) {
      store.load(new ByteArrayInputStream(Files.readAllBytes(file)), password);
    } else {
      store.load(null, password);
      maker.fill(store, password);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      store.store(bytes, password);
      DurableFile.write(file, bytes.toByteArray());
    }
    return new Content(store, password);
  }

  /** One at a time, because all files of a folder have the same secret. */
  private static synchronized char[] password(Path secret) throws IOException {
    if (!Files.exists(secret)) {
      byte[] fresh = new byte[SECRET_BYTES];
      new SecureRandom().nextBytes(fresh);
      DurableFile.write(secret, Base64.getEncoder().encode(fresh));
    }
    String text = Files.readString(secret, StandardCharsets.US_ASCII).strip();
    try {
      if (Base64.getDecoder().decode(text).length == SECRET_BYTES) {
        return text.toCharArray();
      }
    } catch (IllegalArgumentException e) {
      throw new IOException("not a secret of this gateway", e);
    }
    throw new IOException("not a secret of this gateway");
  }
}
