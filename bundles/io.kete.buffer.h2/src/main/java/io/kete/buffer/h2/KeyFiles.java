// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.crypto.CryptoService;

/**
 * The keys of a store, each in two files {@code key-<id>.1} and {@code key-<id>.2} beside its
 * segments, encrypted by the {@link CryptoService} of the device. A key that was opened is kept in
 * memory until the stream is closed.
 *
 * <p>A key that cannot be opened never leads to a new one: that would be the end of what it
 * protects.
 */
final class KeyFiles {

  private static final Pattern NAME = Pattern.compile("key-([0-9a-f]{16})\\.[12]");
  private static final int MAX_FILE = 4096;

  private final Medium medium;
  private final Supplier<Optional<CryptoService>> crypto;
  private final Map<String, StoreKey> opened = new ConcurrentHashMap<>();

  /** Of the thread of the group commit only. */
  private Optional<StoreKey> current = Optional.empty();

  KeyFiles(Medium medium, Supplier<Optional<CryptoService>> crypto) {
    this.medium = medium;
    this.crypto = crypto;
  }

  boolean canOpen() {
    return crypto.get().isPresent();
  }

  /** The key with that id. */
  StoreKey key(String id) throws StorageException {
    StoreKey known = opened.get(id);
    if (known != null) {
      return known;
    }
    CryptoService service = service();
    String reason = "its files are not there";
    for (String name : names(id)) {
      if (medium.names().contains(name)) {
        try {
          StoreKey key = unwrap(id, medium.read(name, MAX_FILE), service);
          opened.put(id, key);
          return key;
        } catch (KuraException | IllegalArgumentException e) {
          reason = name + " was made with another secret of the device, or is damaged";
        }
      }
    }
    throw unusable(new IllegalStateException(reason));
  }

  /** The key for new segments; made when there is none, and written a second time if need be. */
  StoreKey current() throws StorageException {
    if (current.isEmpty()) {
      SortedSet<String> ids = ids();
      StoreKey key = ids.isEmpty() ? StoreKey.fresh() : key(ids.first());
      for (String name : names(key.id())) {
        if (!isGood(name, key)) {
          medium.write(name, wrap(key, service()));
        }
      }
      opened.put(key.id(), key);
      current = Optional.of(key);
    }
    return current.get();
  }

  private boolean isGood(String name, StoreKey key) throws StorageException {
    if (!medium.names().contains(name)) {
      return false;
    }
    try {
      byte[] there = unwrap(key.id(), medium.read(name, MAX_FILE), service()).bytes();
      return Arrays.equals(there, key.bytes());
    } catch (KuraException | IllegalArgumentException e) {
      return false;
    }
  }

  private SortedSet<String> ids() throws StorageException {
    SortedSet<String> ids = new TreeSet<>();
    for (String name : medium.names()) {
      Matcher matcher = NAME.matcher(name);
      if (matcher.matches()) {
        ids.add(matcher.group(1));
      }
    }
    return ids;
  }

  private static List<String> names(String id) {
    return List.of("key-" + id + ".1", "key-" + id + ".2");
  }

  private CryptoService service() throws StorageException {
    return crypto
        .get()
        .orElseThrow(() -> unusable(new IllegalStateException("there is no CryptoService")));
  }

  private static StoreKey unwrap(String id, byte[] file, CryptoService service)
      throws KuraException {
    char[] text =
        service.decryptAes(new String(file, StandardCharsets.US_ASCII).strip().toCharArray());
    return StoreKey.of(Base64.getDecoder().decode(new String(text)))
        .filter(key -> key.id().equals(id))
        .orElseThrow(() -> new IllegalArgumentException("another key"));
  }

  private byte[] wrap(StoreKey key, CryptoService service) throws StorageException {
    char[] text = Base64.getEncoder().encodeToString(key.bytes()).toCharArray();
    try {
      return new String(service.encryptAes(text)).getBytes(StandardCharsets.US_ASCII);
    } catch (KuraException e) {
      throw unusable(e);
    } finally {
      Arrays.fill(text, '\0');
    }
  }

  private StorageException unusable(Exception cause) {
    return new StorageException(
        "the key of the encrypted segments cannot be used",
        cause,
        "samples are refused, nothing is sent or changed: give the device its former secret back,"
            + " or move "
            + medium
            + " away to begin a new store");
  }
}
