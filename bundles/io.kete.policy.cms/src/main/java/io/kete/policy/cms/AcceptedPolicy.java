// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.ParseException;
import io.kete.policy.cms.document.PolicyDocument;
import io.kete.policy.cms.document.PolicyException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The last document that was accepted with a signature, on disk. It is what an older document is
 * measured against, and what stays in force when a newer one is refused.
 */
final class AcceptedPolicy {

  private static final long MAX_BYTES = 8L << 20;

  private final Path file;

  AcceptedPolicy(Path file) {
    this.file = file;
  }

  /**
   * The document; empty when there never was one.
   *
   * @throws IOException if there is one that cannot be read
   */
  Optional<PolicyDocument> read() throws IOException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IOException("file too long");
      }
      JsonObject json = Json.parse(Files.readString(file, StandardCharsets.UTF_8)).asObject();
      PolicyDocument document = PolicyDocument.parse(json.getString("document", ""));
      if (!document.digest().equals(json.getString("digest", ""))) {
        throw new IOException("digest does not fit");
      }
      return Optional.of(document);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (ParseException | UnsupportedOperationException | PolicyException e) {
      throw new IOException("file is damaged", e);
    }
  }

  void write(PolicyDocument document, String text) throws IOException {
    JsonObject json =
        Json.object()
            .add("version", document.version())
            .add("digest", document.digest())
            .add("document", text);
    DurableFile.write(file, json.toString().getBytes(StandardCharsets.UTF_8));
  }
}
