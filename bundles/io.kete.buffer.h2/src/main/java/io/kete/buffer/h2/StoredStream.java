// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import io.kete.buffer.api.Parcel;
import io.kete.buffer.api.StreamLedger;
import io.kete.data.api.Block;
import io.kete.data.api.BlockFormatException;
import io.kete.data.api.BlockReader;
import io.kete.data.api.KeyEnvelope;
import io.kete.data.api.SealedBlock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.kura.crypto.CryptoService;

/**
 * What lies in the directory of a stream, read without opening it: nothing is locked, written or
 * synced, so a gateway may be running. What it does meanwhile may be seen or not.
 */
public final class StoredStream {

  /**
   * A file of the chain.
   *
   * @param name of the file
   * @param firstSeq first sequence number it may hold
   * @param lastSeq last one, less than the first when it is empty
   * @param bytes size of the file
   * @param key id of the key it is encrypted with; empty when it is not
   */
  public record Part(String name, long firstSeq, long lastSeq, long bytes, String key) {}

  /** Told what is stored. */
  public interface Receiver {
    /** A key or samples that still have to be delivered; a key comes before what needs it. */
    void stored(Parcel parcel) throws IOException;
  }

  private final Path directory;
  private final KeyFiles keyFiles;
  private final Account account = new Account();
  private final List<Part> parts = new ArrayList<>();
  private long bytes;
  private int damaged;

  private StoredStream(Path directory, Optional<CryptoService> crypto) {
    this.directory = directory;
    this.keyFiles = new KeyFiles(new Medium(directory.toString()), () -> crypto);
  }

  /** Whether the directory looks like that of a stream. */
  public static boolean isStream(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return false;
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.anyMatch(
          file ->
              SegmentFile.of(file.getFileName().toString()).isPresent()
                  || file.getFileName().toString().startsWith("head-"));
    }
  }

  /** Looks at a directory whose encrypted segments are not going to be read. */
  public static StoredStream read(Path directory) throws IOException {
    return read(directory, Optional.empty());
  }

  /**
   * Looks at a directory.
   *
   * @param crypto of the device; only the samples of encrypted segments cannot be read without it
   */
  public static StoredStream read(Path directory, Optional<CryptoService> crypto)
      throws IOException {
    StoredStream stream = new StoredStream(directory, crypto);
    try {
      stream.look();
    } catch (StorageException e) {
      throw new IOException(e.getMessage() + ": " + e.reason(), e);
    }
    return stream;
  }

  private void look() throws IOException, StorageException {
    List<SegmentFile> segments = new ArrayList<>();
    for (String name : new Medium(directory.toString()).names()) {
      SegmentFile.of(name).ifPresent(segments::add);
      damaged += name.endsWith(".damaged") ? 1 : 0;
      bytes += sizeOf(name);
    }
    restore(segments);
    for (int i = 0; i < segments.size(); i++) {
      SegmentFile segment = segments.get(i);
      long last = i + 1 < segments.size() ? segments.get(i + 1).firstSeq() - 1 : account.lastSeq();
      parts.add(
          new Part(
              segment.name(), segment.firstSeq(), last, sizeOf(segment.name()), segment.key()));
    }
  }

  private long sizeOf(String name) throws IOException {
    Path file = directory.resolve(name);
    return Files.exists(file) ? Files.size(file) : 0;
  }

  /** The newest account is a file of its own or travels with the last commit. */
  private void restore(List<SegmentFile> segments) throws StorageException {
    Medium medium = new Medium(directory.toString());
    Optional<Head> newest = new HeadFiles(medium).newest();
    if (!segments.isEmpty()) {
      String last = segments.get(segments.size() - 1).name();
      Optional<Head> travelling = FrameScan.of(medium.file(last)).newestHead();
      if (travelling.isPresent()
          && (newest.isEmpty() || travelling.get().version() > newest.get().version())) {
        newest = travelling;
      }
    }
    newest.ifPresent(account::restore);
  }

  /** The account as it was written last. */
  public StreamLedger ledger() {
    return account.ledger(bytes);
  }

  /** The files of the chain in order. */
  public List<Part> parts() {
    return List.copyOf(parts);
  }

  /** How many damaged files lie beside the chain. */
  public int damaged() {
    return damaged;
  }

  /** Dropped ranges the receiver does not know of yet. */
  public List<Parcel.Dropped> dropped() {
    return account.drops().stream()
        .map(d -> new Parcel.Dropped(d.incarnation(), d.firstSeq(), d.count(), d.reason()))
        .toList();
  }

  /**
   * Gives out everything that still has to be delivered, segment by segment.
   *
   * @return samples that cannot be read
   */
  public long forEach(Receiver receiver) throws IOException {
    Set<String> given = new HashSet<>();
    long missing = 0;
    for (Part part : parts) {
      if (!account.isDone(part.firstSeq(), part.lastSeq())) {
        missing += give(part, given, receiver);
      }
    }
    return missing;
  }

  private long give(Part part, Set<String> given, Receiver receiver) throws IOException {
    FrameScan scan = scan(part);
    Map<String, KeyEnvelope> keys = new LinkedHashMap<>();
    scan.keys().forEach(f -> Segment.envelope(f).ifPresent(key -> keys.put(key.epoch(), key)));
    Optional<StoreKey> opening = keyOf(part);
    SeqRanges read = new SeqRanges();
    for (Frame stored : scan.blocks()) {
      Optional<Frame> opened = StoreKey.opened(stored, opening);
      if (opened.isEmpty()) {
        continue;
      }
      Frame frame = opened.get();
      boolean isWanted =
          frame.position() >= part.firstSeq()
              && frame.lastSeq() <= part.lastSeq()
              && !account.isDone(frame.position(), frame.lastSeq());
      if (isWanted) {
        Block block = block(frame);
        KeyEnvelope key = block.sealed().map(SealedBlock::epoch).map(keys::get).orElse(null);
        if (key != null && given.add(key.epoch())) {
          receiver.stored(
              new Parcel.Key(
                  block.id().gateway(), block.id().incarnation(), block.id().firstSeq(), key));
        }
        receiver.stored(new Parcel.Samples(block, true, frame.payload().length));
        read.add(frame.position(), frame.lastSeq());
      }
    }
    long missing = 0;
    for (SeqRanges.Range range : account.missing(part.firstSeq(), part.lastSeq())) {
      missing +=
          read.missing(range.first(), range.last()).stream()
              .mapToLong(SeqRanges.Range::count)
              .sum();
    }
    return missing;
  }

  private Optional<StoreKey> keyOf(Part part) throws IOException {
    try {
      return part.key().isEmpty() ? Optional.empty() : Optional.of(keyFiles.key(part.key()));
    } catch (StorageException e) {
      throw new IOException(e.getMessage() + ": " + e.reason(), e);
    }
  }

  private FrameScan scan(Part part) throws IOException {
    try {
      return FrameScan.of(new Medium(directory.toString()).file(part.name()));
    } catch (StorageException e) {
      throw new IOException(e.getMessage() + ": " + e.reason(), e);
    }
  }

  private static Block block(Frame frame) throws IOException {
    try {
      return BlockReader.read(ByteBuffer.wrap(frame.payload()));
    } catch (BlockFormatException e) {
      throw new IOException("block at " + frame.position() + " is of an unknown form", e);
    }
  }
}
