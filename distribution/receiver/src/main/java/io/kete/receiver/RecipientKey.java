// SPDX-License-Identifier: EPL-2.0
package io.kete.receiver;

import io.kete.receiver.ReceiverException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.util.Collections;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

/**
 * The private key of a recipient: RSA, or elliptic curve P-256.
 *
 * @param key never shown
 */
public record RecipientKey(PrivateKey key) {

  private static final int MAX_BYTES = 1 << 20;

  /**
   * Reads a key in PEM: PKCS#8, PKCS#8 with a password, or the older forms of OpenSSL.
   *
   * @param in closed by the caller
   * @param password ignored when the key has none
   */
  public static RecipientKey fromPem(InputStream in, char[] password)
      throws IOException, ReceiverException {
    String text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.US_ASCII);
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
        if (found instanceof PrivateKeyInfo info) {
          return converted(info);
        } else if (found instanceof PEMKeyPair pair) {
          return converted(pair.getPrivateKeyInfo());
        } else if (found instanceof PKCS8EncryptedPrivateKeyInfo encrypted) {
          return converted(
              encrypted.decryptPrivateKeyInfo(
                  new JceOpenSSLPKCS8DecryptorProviderBuilder()
                      .setProvider(KeyRing.PROVIDER)
                      .build(password)));
        }
      }
      throw new ReceiverException(Reason.BAD_KEY, "there is no private key in the PEM text");
    } catch (IOException | PKCSException | OperatorCreationException | IllegalArgumentException e) {
      throw new ReceiverException(
          Reason.BAD_KEY, "the private key cannot be read; is the password right?");
    }
  }

  /**
   * Takes the first private key of a PKCS#12 file.
   *
   * @param in closed by the caller
   */
  public static RecipientKey fromPkcs12(InputStream in, char[] password)
      throws IOException, ReceiverException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password);
      for (String alias : Collections.list(store.aliases())) {
        Key key = store.getKey(alias, password);
        if (key instanceof PrivateKey found) {
          return new RecipientKey(found);
        }
      }
      throw new ReceiverException(Reason.BAD_KEY, "there is no private key in the PKCS#12 file");
    } catch (GeneralSecurityException e) {
      throw new ReceiverException(
          Reason.BAD_KEY, "the PKCS#12 file cannot be read; is the password right?");
    }
  }

  private static RecipientKey converted(PrivateKeyInfo info) throws IOException {
    return new RecipientKey(new JcaPEMKeyConverter().getPrivateKey(info));
  }

  /** Nothing of the key. */
  @Override
  public String toString() {
    return "RecipientKey[" + key.getAlgorithm() + "]";
  }
}
