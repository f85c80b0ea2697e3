// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms.document;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A policy document that was read and found consistent.
 *
 * @param version grows with every change; an older one is refused
 * @param name for people
 * @param validFrom not in force before
 * @param validUntil after that nothing leaves in clear any more
 * @param defaultAction what happens to a channel no rule matches: seal, keep or drop
 * @param recipients certificates of each recipient: file names, or PEM text
 * @param revoked certificates that are no longer to be used, as SHA-256 fingerprints in lower-case
 *     hexadecimal
 * @param classes data classes and the channels that belong to them
 * @param rules in order
 * @param warnings contradictions that do not make the document unusable
 * @param digest SHA-256 of the text in hexadecimal
 */
public record PolicyDocument(
    long version,
    String name,
    Optional<Instant> validFrom,
    Optional<Instant> validUntil,
    Action defaultAction,
    Map<String, List<String>> recipients,
    Set<String> revoked,
    Map<String, List<ChannelPattern>> classes,
    List<Rule> rules,
    List<String> warnings,
    String digest) {

  public PolicyDocument {
    recipients = Map.copyOf(recipients);
    revoked = Set.copyOf(revoked);
    classes = Map.copyOf(classes);
    rules = List.copyOf(rules);
    warnings = List.copyOf(warnings);
  }

  /** Reads a document. */
  public static PolicyDocument parse(String text) throws PolicyException {
    return new PolicyParser(text).document();
  }

  /** Whether the validity of the document has ended. */
  public boolean expired(Instant now) {
    return validUntil.isPresent() && !now.isBefore(validUntil.get());
  }

  /** Whether the validity of the document has not begun. */
  public boolean early(Instant now) {
    return validFrom.isPresent() && now.isBefore(validFrom.get());
  }
}
