// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.h2.message.DbException;
import org.h2.store.fs.FilePath;

/**
 * Finds every whole frame in a file, whatever became of the tree around them. A frame has to lie in
 * one piece, which it does because MVStore writes a page in one piece.
 */
final class FrameScan {

  private final Map<Long, Frame> blocks = new TreeMap<>();
  private final Map<Long, Frame> keys = new LinkedHashMap<>();
  private Optional<Head> newest = Optional.empty();
  private int foundThrough;
  private int writtenThrough;

  private FrameScan() {}

  /**
   * Reads a file from its first to its last byte; memory grows with what is found, at most the size
   * of the file.
   */
  static FrameScan of(FilePath file) throws StorageException {
    try (FileChannel channel = file.open("r")) {
      FrameScan scan = new FrameScan();
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(channel.size(), Integer.MAX_VALUE - 8));
      while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) > 0) {
        // until the buffer is full or the file ends
      }
      scan.scan(bytes.array(), bytes.position());
      return scan;
    } catch (IOException | DbException e) {
      throw new StorageException("cannot read " + file.getName(), e);
    }
  }

  static FrameScan of(byte[] bytes) {
    FrameScan scan = new FrameScan();
    scan.scan(bytes, bytes.length);
    return scan;
  }

  /** Blocks in the order of their sequence numbers. */
  List<Frame> blocks() {
    return new ArrayList<>(blocks.values());
  }

  List<Frame> keys() {
    return new ArrayList<>(keys.values());
  }

  Optional<Head> newestHead() {
    return newest;
  }

  /** Bytes behind the last whole frame that are not zero any more, up to the last such byte. */
  int unexplainedTail() {
    return Math.max(0, writtenThrough - foundThrough);
  }

  private void scan(byte[] bytes, int limit) {
    writtenThrough = limit;
    while (writtenThrough > 0 && bytes[writtenThrough - 1] == 0) {
      writtenThrough--;
    }
    int at = 0;
    while (at <= limit - Frame.OVERHEAD) {
      if (bytes[at] != (byte) (Frame.MAGIC >>> 24)) {
        at++;
        continue;
      }
      Optional<Frame> frame = Frame.parse(bytes, at, limit);
      frame.ifPresent(this::keep);
      at += frame.map(f -> f.payload().length + Frame.OVERHEAD).orElse(1);
      foundThrough = frame.isPresent() ? at : foundThrough;
    }
  }

  private void keep(Frame frame) {
    switch (frame.kind()) {
      case BLOCK, ENCRYPTED -> blocks.put(frame.position(), frame);
      case KEY -> keys.put(frame.position(), frame);
      case HEAD ->
          Head.of(frame)
              .filter(head -> newest.isEmpty() || head.version() > newest.get().version())
              .ifPresent(head -> newest = Optional.of(head));
    }
  }
}
