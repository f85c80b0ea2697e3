// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of a store: encrypts blocks with AES-256-GCM and opens them again.
 *
 * <pre>
 *   payload of an encrypted block = salt (16) | number (8) | ciphertext of the block | tag (16)
 * </pre>
 *
 * Whoever appends draws a salt of its own and derives a key from it, under which the nonce is the
 * running number of the block. So no nonce comes twice under one key, whatever was lost or restored
 * before. Kind, position and count of the frame are authenticated with it.
 */
final class StoreKey {

  static final int BYTES = 32;

  /** So many bytes an encrypted block is longer. */
  static final int OVERHEAD = 40;

  private static final int SALT_BYTES = 16;
  private static final int PREFIX_BYTES = 24;
  private static final int TAG_BITS = 128;
  private static final int NONCE_BYTES = 12;
  private static final int ID_BYTES = 8;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final byte[] key;
  private final String id;
  private volatile Derived last;

  /** The key that belongs to a salt. */
  private record Derived(ByteBuffer salt, SecretKey key) {}

  /** Encrypts the blocks of one writer; for one thread. */
  static final class Encryptor {

    private final Derived derived;
    private long number;

    private Encryptor(Derived derived) {
      this.derived = derived;
    }

    Frame encrypt(Frame block) {
      number++;
      try {
        Cipher cipher = cipher(Cipher.ENCRYPT_MODE, derived.key(), number, block);
        ByteBuffer out =
            ByteBuffer.allocate(PREFIX_BYTES + cipher.getOutputSize(block.payload().length));
        out.put(derived.salt().duplicate()).putLong(number);
        cipher.doFinal(ByteBuffer.wrap(block.payload()), out);
        return new Frame(Frame.Kind.ENCRYPTED, block.position(), block.count(), out.array());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every Java platform has AES/GCM/NoPadding", e);
      }
    }
  }

  private StoreKey(byte[] key) {
    this.key = key.clone();
    this.id =
        HexFormat.of()
            .formatHex(
                mac(this.key, "kete store key id".getBytes(StandardCharsets.UTF_8)), 0, ID_BYTES);
    this.last = derive(new byte[SALT_BYTES]);
  }

  static StoreKey fresh() {
    return new StoreKey(random(BYTES));
  }

  /** The key with these bytes; empty when they are none. */
  static Optional<StoreKey> of(byte[] bytes) {
    return bytes.length == BYTES ? Optional.of(new StoreKey(bytes)) : Optional.empty();
  }

  /** Names the key without telling it. */
  String id() {
    return id;
  }

  byte[] bytes() {
    return key.clone();
  }

  Encryptor encryptor() {
    return new Encryptor(derive(random(SALT_BYTES)));
  }

  /**
   * A frame as it was before it was encrypted; one that was not stays as it is.
   *
   * @return empty when this key does not open it: it was changed, or the key is another
   */
  static Optional<Frame> opened(Frame frame, Optional<StoreKey> key) {
    return frame.kind() == Frame.Kind.ENCRYPTED
        ? key.flatMap(present -> present.open(frame))
        : Optional.of(frame);
  }

  private Optional<Frame> open(Frame frame) {
    byte[] payload = frame.payload();
    if (payload.length < OVERHEAD) {
      return Optional.empty();
    }
    long number = ByteBuffer.wrap(payload).getLong(SALT_BYTES);
    try {
      SecretKey derived = derived(Arrays.copyOf(payload, SALT_BYTES));
      byte[] block =
          cipher(Cipher.DECRYPT_MODE, derived, number, frame)
              .doFinal(payload, PREFIX_BYTES, payload.length - PREFIX_BYTES);
      return Optional.of(Frame.block(frame.position(), frame.count(), block));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES/GCM/NoPadding", e);
    }
  }

  private static Cipher cipher(int mode, SecretKey key, long number, Frame frame)
      throws GeneralSecurityException {
    byte[] nonce = ByteBuffer.allocate(NONCE_BYTES).putInt(0).putLong(number).array();
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(
        ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
            .putLong(frame.position())
            .putInt(frame.count())
            .flip());
    return cipher;
  }

  /** Blocks that lie together mostly have the salt of the one before. */
  private SecretKey derived(byte[] salt) {
    Derived recent = last;
    if (!recent.salt().equals(ByteBuffer.wrap(salt))) {
      recent = derive(salt);
      last = recent;
    }
    return recent.key();
  }

  private Derived derive(byte[] salt) {
    byte[] label = "kete segment 1".getBytes(StandardCharsets.UTF_8);
    byte[] bytes =
        mac(key, ByteBuffer.allocate(label.length + salt.length).put(label).put(salt).array());
    return new Derived(ByteBuffer.wrap(salt).asReadOnlyBuffer(), new SecretKeySpec(bytes, "AES"));
  }

  private static byte[] mac(byte[] key, byte[] content) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
