// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.content;

import io.kete.model.api.ModelDescriptor;
import io.kete.model.api.SlotState;
import java.io.IOException;
import org.osgi.framework.Version;

/**
 * A model that could serve, as far as its descriptor tells. Its bytes are read when they are
 * needed, not kept.
 *
 * @param descriptor what the model says of itself
 * @param version its version, to be compared
 * @param digest identity of its bytes
 * @param source where the bytes are
 */
public record Candidate(
    ModelDescriptor descriptor, Version version, String digest, ModelSource source) {

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
    ModelFiles files = source.files();
    ModelDescriptor descriptor = new DescriptorParser().parse(files.descriptor()).model();
    if (files.model().remaining() > descriptor.memoryLimitBytes()) {
      throw RefusedException.lasting(
          files.file()
              + " has "
              + files.model().remaining()
              + " bytes, memoryLimitBytes allows "
              + descriptor.memoryLimitBytes());
    }
    Version version = Capability.parsedVersion(descriptor.version());
    return new Candidate(descriptor, version, files.digest(), source);
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

  /** The files once more. */
  public ModelFiles files() throws IOException, RefusedException {
    ModelFiles files = source.files();
    if (!files.digest().equals(digest)) {
      throw new RefusedException("the files changed while they were looked at", false);
    }
    return files;
  }

  /** Name, version and digest. */
  public SlotState.Identity identity() {
    return new SlotState.Identity(descriptor.name(), descriptor.version(), digest);
  }
}
