// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;

/** Where the files of a model can be read, as often as needed. */
@FunctionalInterface
public interface ModelSource {

  /**
   * Opens a file by its plain name; the caller closes it.
   *
   * @return empty when there is no such file
   */
  Optional<InputStream> open(String name) throws IOException;

  /**
   * All of a file, within bounds.
   *
   * @return empty when there is no such file
   * @throws RefusedException when it is longer
   */
  default Optional<ByteBuffer> read(String name, int most) throws IOException, RefusedException {
    Optional<InputStream> found = open(name);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = found.get()) {
      byte[] bytes = in.readNBytes(most);
      if (bytes.length == most && in.read() >= 0) {
        throw tooLong(name, most);
      }
      return Optional.of(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
    }
  }

  /** A file that has to be there, measured and not kept. */
  default Digest.Measured measure(String name, int most) throws IOException, RefusedException {
    try (InputStream in = open(name).orElseThrow(() -> missing(name))) {
      Digest.Measured measured = Digest.of(in, most);
      if (measured.size() > most) {
        throw tooLong(name, most);
      }
      return measured;
    }
  }

  /** A file of this length, outside of the heap, which is small on a gateway. */
  default ByteBuffer direct(String name, int size) throws IOException, RefusedException {
    try (InputStream in = open(name).orElseThrow(() -> missing(name));
        ReadableByteChannel channel = Channels.newChannel(in)) {
      ByteBuffer bytes = ByteBuffer.allocateDirect(size);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // until it is full
      }
      return bytes.flip().asReadOnlyBuffer();
    }
  }

  /** The descriptor, which has to be there. */
  default ByteBuffer descriptor() throws IOException, RefusedException {
    return read(ModelFiles.DESCRIPTOR, ModelFiles.MAX_DESCRIPTOR)
        .orElseThrow(() -> missing(ModelFiles.DESCRIPTOR));
  }

  private static RefusedException missing(String name) {
    return RefusedException.lasting("there is no file model/" + name);
  }

  private static RefusedException tooLong(String name, int most) {
    return RefusedException.lasting(name + " is longer than " + most + " bytes");
  }
}
