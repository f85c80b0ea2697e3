// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.store;

import io.kete.model.runtime.content.Candidate;
import io.kete.model.runtime.content.Digest;
import io.kete.model.runtime.content.ModelFiles;
import io.kete.model.runtime.content.ModelSource;
import io.kete.model.runtime.content.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Good models, each in a folder named by its digest. Used by several slots. */
public final class ModelStore {

  private static final Logger logger = LoggerFactory.getLogger(ModelStore.class);
  private static final String UNFINISHED = ".new-";

  private final Path folder;

  /** Below this folder, which is made when it is needed. */
  public ModelStore(Path folder) {
    this.folder = folder;
  }

  /** Keeps the files; they are on the medium when this returns. */
  public synchronized void keep(ModelFiles files) throws IOException {
    String digest = files.digest();
    if (find(digest).isPresent()) {
      return;
    }
    Path fresh = folder.resolve(UNFINISHED + digest);
    Durable.delete(fresh);
    Files.createDirectories(fresh);
    Durable.put(fresh.resolve(ModelFiles.DESCRIPTOR), files.descriptor());
    Durable.put(fresh.resolve(files.file()), files.model());
    if (files.signature().isPresent()) {
      Durable.put(fresh.resolve(ModelFiles.SIGNATURE), files.signature().get());
    }
    Durable.sync(fresh);
    Durable.delete(folder.resolve(digest));
    Durable.move(fresh, folder.resolve(digest));
  }

  /** The model with this digest when it is there and undamaged. */
  public synchronized Optional<Candidate> find(String digest) {
    Path model = folder.resolve(digest);
    if (!Digest.isDigest(digest) || !Files.isDirectory(model)) {
      return Optional.empty();
    }
    try {
      Candidate candidate = Candidate.read(source(model));
      if (candidate.digest().equals(digest)) {
        return Optional.of(candidate);
      }
      logger.error("stored_model_damaged digest={} reason=changed", digest);
    } catch (IOException | RefusedException e) {
      logger.error("stored_model_damaged digest={} reason={}", digest, e.getMessage());
    }
    return Optional.empty();
  }

  private static ModelSource source(Path model) {
    return name -> {
      Path file = model.resolve(name);
      return Files.isRegularFile(file)
          ? Optional.<InputStream>of(Files.newInputStream(file))
          : Optional.empty();
    };
  }

  /** Deletes every model but these, and what a killed process left half written. */
  public synchronized void prune(Set<String> wanted) throws IOException {
    for (Path path : entries()) {
      String name = String.valueOf(path.getFileName());
      if (name.startsWith(UNFINISHED) || (Digest.isDigest(name) && !wanted.contains(name))) {
        Durable.delete(path);
      }
    }
  }

  private List<Path> entries() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.toList();
    }
  }
}
