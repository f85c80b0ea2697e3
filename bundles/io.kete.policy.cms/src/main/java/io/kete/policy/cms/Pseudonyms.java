// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms;

import io.kete.data.api.Reading;
import io.kete.data.api.Reading.Failed;
import io.kete.data.api.Reading.Measured;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.operator.OperatorCreationException;
import org.eclipse.kura.type.TypedValues;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keyed pseudonyms: HMAC-SHA-256 under a key of the recipient, which is derived from a secret of
 * this gateway. The same value gives the same pseudonym for one recipient on one gateway, and
 * another one for another recipient. The secret is made at first use and kept in a PKCS#12 file
 * under the secret of this device.
 */
final class Pseudonyms {

  static final String NO_KEY = "withheld: no key for pseudonyms";

  private static final Logger logger = LoggerFactory.getLogger(Pseudonyms.class);
  private static final String FILE = "pseudonym.p12";
  private static final String ALIAS = "pseudonym";
  private static final String HMAC = "HmacSHA256";
  private static final int SECRET_BYTES = 32;
  private static final int PSEUDONYM_BYTES = 16;
  private static final String LABEL = "kete pseudonym 1 ";

  private final KeyFile file;
  private final Map<String, SecretKeySpec> keys = new ConcurrentHashMap<>();
  private volatile Optional<SecretKeySpec> secret = Optional.empty();
  private volatile boolean broken;

  Pseudonyms(Path folder) {
    this.file = new KeyFile(folder, FILE);
  }

  /** The reading with a pseudonym instead of its value, or withheld when there is no key. */
  Reading apply(Reading reading, String recipient) {
    if (!(reading instanceof Measured measured)) {
      return reading;
    }
    try {
      String pseudonym = pseudonym(measured.value().getValue(), recipient);
      return new Measured(
          measured.channel(),
          TypedValues.newStringValue(pseudonym),
          "",
          measured.quality(),
          measured.reason(),
          measured.timeMillis());
    } catch (IOException | GeneralSecurityException e) {
      if (!broken) {
        broken = true;
        logger.error("pseudonym_key_missing file={} reason={}", FILE, e.getClass().getSimpleName());
      }
      return new Failed(reading.channel(), NO_KEY, reading.timeMillis());
    }
  }

  boolean isBroken() {
    return broken;
  }

  private String pseudonym(Object value, String recipient)
      throws IOException, GeneralSecurityException {
    SecretKeySpec key = keys.get(recipient);
    if (key == null) {
      key =
          new SecretKeySpec(
              hmac(secret(), (LABEL + recipient).getBytes(StandardCharsets.UTF_8)), HMAC);
      keys.put(recipient, key);
    }
    byte[] full = hmac(key, canonical(value));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOf(full, PSEUDONYM_BYTES));
  }

  private static byte[] hmac(SecretKeySpec key, byte[] data) throws GeneralSecurityException {
    Mac mac = Mac.getInstance(HMAC);
    mac.init(key);
    return mac.doFinal(data);
  }

  /** One letter for the kind of value, so that the number 1 and the text "1" differ. */
  private static byte[] canonical(Object value) {
    if (value instanceof byte[] bytes) {
      return ByteBuffer.allocate(1 + bytes.length).put((byte) 'b').put(bytes).array();
    }
    char kind =
        value instanceof String
            ? 's'
            : value instanceof Boolean
                ? 't'
                : value instanceof Integer || value instanceof Long ? 'i' : 'd';
    return (kind + String.valueOf(value)).getBytes(StandardCharsets.UTF_8);
  }

  private SecretKeySpec secret() throws IOException, GeneralSecurityException {
    Optional<SecretKeySpec> known = secret;
    return known.isPresent() ? known.get() : loadSecret();
  }

  private synchronized SecretKeySpec loadSecret() throws IOException, GeneralSecurityException {
    if (secret.isEmpty()) {
      if (broken) {
        throw new KeyStoreException("looked for it once; not again before the next start");
      }
      try {
        Key key = file.open(Pseudonyms::create).key(ALIAS);
        if (key.getEncoded().length != SECRET_BYTES) {
          throw new KeyStoreException("the key is of another length");
        }
        secret = Optional.of(new SecretKeySpec(key.getEncoded(), HMAC));
      } catch (OperatorCreationException e) {
        throw new KeyStoreException(e);
      }
    }
    return secret.orElseThrow();
  }

  private static void create(KeyStore store, char[] password) throws GeneralSecurityException {
    byte[] bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    // PKCS#12 has no identifier for keys of HMAC
    store.setKeyEntry(ALIAS, new SecretKeySpec(bytes, "AES"), password, new Certificate[0]);
    Arrays.fill(bytes, (byte) 0);
    logger.info("pseudonym_key_created file={}", FILE);
  }
}
