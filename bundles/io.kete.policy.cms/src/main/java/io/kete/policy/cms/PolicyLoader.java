// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms;

import io.kete.policy.api.Verdict;
import io.kete.policy.api.Verifier;
import io.kete.policy.cms.document.PolicyDocument;
import io.kete.policy.cms.document.PolicyException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Decides which document is in force: the configured one if it is signed, well formed, valid and
 * not older than what was accepted before; otherwise the one accepted before; otherwise none.
 */
final class PolicyLoader {

  private static final int MAX_BYTES = 4 << 20;

  private final Verifier verifier;
  private final AcceptedPolicy accepted;

  PolicyLoader(Verifier verifier, AcceptedPolicy accepted) {
    this.verifier = verifier;
    this.accepted = accepted;
  }

  Loaded load(PolicySettings settings, Instant now) {
    List<String> problems = new ArrayList<>();
    Optional<Instant> pending = Optional.empty();
    try {
      Optional<Source> source = source(settings);
      if (source.isEmpty()) {
        problems.add(
            "no policy document is configured: everything is withheld; set policy or policy.file");
        return new Loaded(Optional.empty(), false, problems, pending);
      }
      PolicyDocument document = PolicyDocument.parse(source.get().text());
      pending = document.early(now) ? document.validFrom() : pending;
      boolean unsigned = admit(document, source.get(), now);
      document
          .warnings()
          .forEach(
              warning -> problems.add("policy version " + document.version() + ": " + warning));
      if (unsigned) {
        problems.add(
            "policy version "
                + document.version()
                + " is not signed; "
                + Verifier.ALLOW_UNSIGNED
                + " lets it pass");
      }
      return new Loaded(Optional.of(document), unsigned, problems, pending);
    } catch (PolicyException e) {
      problems.add("policy document refused: " + e.getMessage());
    }
    return new Loaded(former(problems), false, problems, pending);
  }

  /** True when the document passes although it is not signed. */
  private boolean admit(PolicyDocument document, Source source, Instant now)
      throws PolicyException {
    Optional<PolicyDocument> before;
    try {
      before = accepted.read();
    } catch (IOException e) {
      throw new PolicyException(
          "the record of the last accepted policy is damaged; check the data folder policy");
    }
    if (before.isPresent() && before.get().digest().equals(document.digest())) {
      return false; // it was checked when it came, and outlives the certificate it was signed with
    }
    if (document.early(now)) {
      throw new PolicyException(
          "version "
              + document.version()
              + " is not valid before "
              + document.validFrom().orElseThrow());
    }
    Verdict verdict = verdict(source);
    if (verdict instanceof Verdict.Refused refused) {
      throw new PolicyException(refused.reason());
    }
    if (verdict instanceof Verdict.Unsigned) {
      return true;
    }
    if (before.isPresent() && before.get().version() >= document.version()) {
      throw new PolicyException(
          "version "
              + document.version()
              + " is not newer than version "
              + before.get().version()
              + ", which was accepted before");
    }
    try {
      accepted.write(document, source.text());
    } catch (IOException e) {
      throw new PolicyException("the accepted policy cannot be recorded in the data folder policy");
    }
    return false;
  }

  private Verdict verdict(Source source) throws PolicyException {
    InputStream content = new ByteArrayInputStream(source.text().getBytes(StandardCharsets.UTF_8));
    try {
      return verifier.verify(Verifier.Purpose.POLICY, content, source.signature());
    } catch (IOException e) {
      throw new PolicyException("the document cannot be read");
    }
  }

  private Optional<PolicyDocument> former(List<String> problems) {
    try {
      Optional<PolicyDocument> before = accepted.read();
      before.ifPresent(
          document -> problems.add("policy version " + document.version() + " stays in force"));
      if (before.isEmpty()) {
        problems.add("no policy is in force: everything is withheld");
      }
      return before;
    } catch (IOException e) {
      problems.add("no policy is in force: everything is withheld");
      return Optional.empty();
    }
  }

  private static Optional<Source> source(PolicySettings settings) throws PolicyException {
    if (!settings.document().isEmpty()) {
      return Optional.of(new Source(settings.document(), decoded(settings.signature())));
    }
    if (settings.file().isEmpty()) {
      return Optional.empty();
    }
    try {
      Path file = settings.config().resolve(settings.file());
      String text = new String(bounded(file), StandardCharsets.UTF_8);
      Optional<ByteBuffer> signature = decoded(settings.signature());
      Path beside = file.resolveSibling(file.getFileName() + ".p7s");
      if (signature.isEmpty() && Files.exists(beside)) {
        signature = Optional.of(ByteBuffer.wrap(bounded(beside)));
      }
      return Optional.of(new Source(text, signature));
    } catch (NoSuchFileException | InvalidPathException e) {
      throw new PolicyException("policy.file " + settings.file() + " does not exist");
    } catch (IOException e) {
      throw new PolicyException("policy.file " + settings.file() + " cannot be read");
    }
  }

  private static byte[] bounded(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException("file too long");
      }
      return bytes;
    }
  }

  private static Optional<ByteBuffer> decoded(String signature) throws PolicyException {
    if (signature.isEmpty()) {
      return Optional.empty();
    }
    boolean pem = signature.startsWith("-----BEGIN");
    return Optional.of(
        ByteBuffer.wrap(pem ? signature.getBytes(StandardCharsets.US_ASCII) : base64(signature)));
  }

  private static byte[] base64(String text) throws PolicyException {
    try {
      return Base64.getMimeDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new PolicyException("policy.signature is not Base64");
    }
  }

  private record Source(String text, Optional<ByteBuffer> signature) {}

  /**
   * What is in force.
   *
   * @param document empty when nothing is
   * @param unsigned whether it passed without a signature
   * @param problems what the operator has to know
   * @param pending when a document that is not valid yet has to be looked at again
   */
  record Loaded(
      Optional<PolicyDocument> document,
      boolean unsigned,
      List<String> problems,
      Optional<Instant> pending) {

    Loaded {
      problems = List.copyOf(problems);
    }

    /** Whether keys made for this document serve the other one as well. */
    boolean sameRecipients(Loaded other) {
      return document.isPresent()
          && other.document.isPresent()
          && document.get().recipients().equals(other.document.get().recipients())
          && document.get().revoked().equals(other.document.get().revoked());
    }
  }
}
