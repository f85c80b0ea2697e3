// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
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
        throw RefusedException.lasting(name + " is longer than " + most + " bytes");
      }
      return Optional.of(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
    }
  }

  /** All files of the model. */
  default ModelFiles files() throws IOException, RefusedException {
    ByteBuffer descriptor = needed(ModelFiles.DESCRIPTOR, ModelFiles.MAX_DESCRIPTOR);
    String file = new DescriptorParser().parse(descriptor).file();
    ByteBuffer model = needed(file, ModelFiles.MAX_MODEL);
    Optional<ByteBuffer> signature = read(ModelFiles.SIGNATURE, ModelFiles.MAX_SIGNATURE);
    return new ModelFiles(descriptor, file, model, signature);
  }

  private ByteBuffer needed(String name, int most) throws IOException, RefusedException {
    return read(name, most)
        .orElseThrow(() -> RefusedException.lasting("there is no file model/" + name));
  }
}
