// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.content;

import io.kete.model.api.ModelDescriptor;
import io.kete.model.api.SlotState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.ZipException;
import org.osgi.framework.Version;

/**
 * A model that could serve, as far as its descriptor tells. Its bytes are read when they are
 * needed, not kept.
 *
 * @param descriptor what the model says of itself
 * @param version its version, to be compared
 * @param digest identity of its bytes
 * @param size bytes of the model's file
 * @param source where the bytes are
 */
public record Candidate(
    ModelDescriptor descriptor, Version version, String digest, int size, ModelSource source) {

  /** Reads the files and checks that descriptor and capability say the same. */
  public static Candidate read(Capability capability, ModelSource source)
      throws IOException, RefusedException {
    Candidate candidate = read(source);
    ModelDescriptor descriptor = candidate.descriptor;
    same("name", capability.name(), descriptor.name());
    same("version", capability.version().toString(), candidate.version.toString());
    same("engine", capability.engine(), descriptor.engine());
    return candidate;
  }

  /** Reads the files of a model that came in earlier. */
  public static Candidate read(ModelSource source) throws IOException, RefusedException {
    try {
      ByteBuffer json = source.descriptor();
      DescriptorParser.Parsed parsed = new DescriptorParser().parse(json);
      Digest.Measured model = source.measure(parsed.file(), ModelFiles.MAX_MODEL);
      if (model.size() > parsed.model().memoryLimitBytes()) {
        throw RefusedException.lasting(
            parsed.file()
                + " has "
                + model.size()
                + " bytes, memoryLimitBytes allows "
                + parsed.model().memoryLimitBytes());
      }
      String inventory = ModelFiles.inventory(Digest.of(json), parsed.file(), model.hex());
      return new Candidate(
          parsed.model(),
          Capability.parsedVersion(parsed.model().version()),
          Digest.of(inventory),
          model.size(),
          source);
    } catch (ZipException e) {
      throw RefusedException.lasting("the jar is damaged");
    }
  }

  private static void same(String what, String manifest, String json) throws RefusedException {
    if (!manifest.equals(json)) {
      throw RefusedException.lasting(
          "the "
              + what
              + " is "
              + JsonFields.shown(manifest)
              + " in the manifest and "
              + json
              + " in model.json");
    }
  }

  /** The files, for as long as they are needed. */
  public ModelFiles files() throws IOException, RefusedException {
    ByteBuffer json = source.descriptor();
    String file = new DescriptorParser().parse(json).file();
    ModelFiles files =
        new ModelFiles(
            json,
            file,
            source.direct(file, size),
            source.read(ModelFiles.SIGNATURE, ModelFiles.MAX_SIGNATURE));
    if (!files.digest().equals(digest)) {
      throw new RefusedException("the files changed while they were looked at", false);
    }
    return files;
  }

  /** Why this one must not follow the one that serves, if so; a pin may still order it. */
  public Optional<String> objectionTo(Candidate serving) {
    int order = version.compareTo(serving.version);
    if (order > 0 || digest.equals(serving.digest)) {
      return Optional.empty();
    }
    return Optional.of(
        order < 0
            ? "older than "
                + serving.version
                + ", which serves; set pin to "
                + version
                + " to go back"
            : "version " + version + " serves with other bytes; give these a new version");
  }

  /** Name, version and digest. */
  public SlotState.Identity identity() {
    return new SlotState.Identity(descriptor.name(), descriptor.version(), digest);
  }
}
