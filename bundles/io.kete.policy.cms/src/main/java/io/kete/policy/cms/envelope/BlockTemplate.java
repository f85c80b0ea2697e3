// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms.envelope;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The DER of a block envelope: CMS AuthEnvelopedData (RFC 5083), AES-256-GCM, one KEK recipient.
 * Within an epoch only the lengths, the nonce, the ciphertext and the tag differ, so everything
 * else is written once.
 */
final class BlockTemplate {

  static final int NONCE_BYTES = 12;
  static final int TAG_BYTES = 16;
  static final int WRAPPED_BYTES = 40;

  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] CONTENT_TYPE = HEX.parseHex("060b2a864886f70d0109100117");
  private static final byte[] VERSION = HEX.parseHex("020100");
  private static final byte[] KEK_VERSION = HEX.parseHex("020104");
  private static final byte[] AES_256_WRAP = HEX.parseHex("300b060960864801650304012d");
  private static final byte[] DATA = HEX.parseHex("06092a864886f70d010701");
  // SEQUENCE { OID aes256-GCM, SEQUENCE { OCTET STRING nonce, INTEGER 16 } } up to the nonce, and
  // what follows it
  private static final byte[] AES_256_GCM = HEX.parseHex("301e060960864801650304012e3011040c");
  private static final byte[] TAG_LENGTH = HEX.parseHex("020110");

  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int OCTETS = 0x04;
  private static final int EXPLICIT_0 = 0xA0;
  private static final int IMPLICIT_0 = 0x80;
  private static final int IMPLICIT_2 = 0xA2;

  private final byte[] recipients;

  /**
   * @param keyId identifier of the key that wraps, less than 64 bytes
   * @param wrapped content key of the epoch, wrapped (RFC 3394)
   */
  BlockTemplate(byte[] keyId, byte[] wrapped) {
    byte[] identifier = tlv(SEQUENCE, tlv(OCTETS, keyId));
    byte[] kek =
        tlv(IMPLICIT_2, concat(KEK_VERSION, identifier, AES_256_WRAP, tlv(OCTETS, wrapped)));
    this.recipients = concat(VERSION, tlv(SET, kek));
  }

  /** Encrypts the content into a new envelope: one call of the cipher, one array. */
  byte[] envelope(Cipher cipher, SecretKey key, byte[] nonce, byte[] content)
      throws GeneralSecurityException {
    int octets = content.length;
    int info = DATA.length + AES_256_GCM.length + NONCE_BYTES + TAG_LENGTH.length + sized(octets);
    int data = recipients.length + sized(info) + 2 + TAG_BYTES;
    int explicit = sized(data);
    int whole = CONTENT_TYPE.length + sized(explicit);
    byte[] out = new byte[sized(whole)];
    int at = head(out, 0, SEQUENCE, whole);
    at = copy(out, at, CONTENT_TYPE);
    at = head(out, at, EXPLICIT_0, explicit);
    at = head(out, at, SEQUENCE, data);
    at = copy(out, at, recipients);
    at = head(out, at, SEQUENCE, info);
    at = copy(out, at, DATA);
    at = copy(out, at, AES_256_GCM);
    at = copy(out, at, nonce);
    at = copy(out, at, TAG_LENGTH);
    at = head(out, at, IMPLICIT_0, octets);
    cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
    cipher.doFinal(content, 0, octets, out, at);
    // the cipher puts the tag right behind the ciphertext; the head of its field belongs between
    System.arraycopy(out, at + octets, out, at + octets + 2, TAG_BYTES);
    head(out, at + octets, OCTETS, TAG_BYTES);
    return out;
  }

  /** The content of an envelope this template made. */
  byte[] open(Cipher cipher, SecretKey key, byte[] envelope) throws GeneralSecurityException {
    try {
      ByteBuffer in = ByteBuffer.wrap(envelope);
      length(in);
      skip(in, CONTENT_TYPE);
      length(in);
      length(in);
      skip(in, recipients);
      length(in);
      skip(in, DATA);
      skip(in, AES_256_GCM);
      byte[] nonce = new byte[NONCE_BYTES];
      in.get(nonce);
      skip(in, TAG_LENGTH);
      byte[] sealed = new byte[length(in) + TAG_BYTES];
      in.get(sealed, 0, sealed.length - TAG_BYTES);
      length(in);
      in.get(sealed, sealed.length - TAG_BYTES, TAG_BYTES);
      cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
      return cipher.doFinal(sealed);
    } catch (BufferUnderflowException | NegativeArraySizeException e) {
      throw notOurs();
    }
  }

  private static void skip(ByteBuffer in, byte[] expected) throws GeneralSecurityException {
    byte[] found = new byte[expected.length];
    in.get(found);
    if (!Arrays.equals(found, expected)) {
      throw notOurs();
    }
  }

  /** Passes the tag and the length of a field; gives the length. */
  private static int length(ByteBuffer in) throws GeneralSecurityException {
    in.get();
    int first = in.get() & 0xFF;
    int length = first < 0x80 ? first : 0;
    for (int more = first < 0x80 ? 0 : first & 0x7F; more > 0; more--) {
      length = (length << 8) | (in.get() & 0xFF);
    }
    if (length > in.remaining()) {
      throw notOurs();
    }
    return length;
  }

  private static GeneralSecurityException notOurs() {
    return new GeneralSecurityException("not an envelope of this epoch");
  }

  private static int sized(int length) {
    return 1 + lengthBytes(length) + length;
  }

  private static int lengthBytes(int length) {
    return length < 0x80
        ? 1
        : length < 0x100 ? 2 : length < 0x10000 ? 3 : length < 0x1000000 ? 4 : 5;
  }

  private static int head(byte[] out, int at, int tag, int length) {
    int next = at;
    out[next++] = (byte) tag;
    int bytes = lengthBytes(length) - 1;
    if (bytes > 0) {
      out[next++] = (byte) (0x80 | bytes);
    }
    for (int shift = 8 * Math.max(bytes - 1, 0); shift >= 0; shift -= 8) {
      out[next++] = (byte) (length >>> shift);
    }
    return next;
  }

  private static int copy(byte[] out, int at, byte[] from) {
    System.arraycopy(from, 0, out, at, from.length);
    return at + from.length;
  }

  private static byte[] tlv(int tag, byte[] value) {
    byte[] out = new byte[sized(value.length)];
    copy(out, head(out, 0, tag, value.length), value);
    return out;
  }

  private static byte[] concat(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] out = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      at = copy(out, at, part);
    }
    return out;
  }
}
