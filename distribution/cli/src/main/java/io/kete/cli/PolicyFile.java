// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import io.kete.data.api.ClockQuality;
import io.kete.data.api.Lineage;
import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import io.kete.policy.cms.document.Action;
import io.kete.policy.cms.document.Decision;
import io.kete.policy.cms.document.Decisions;
import io.kete.policy.cms.document.PolicyDocument;
import io.kete.policy.cms.document.PolicyException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A policy document in a file, read by the same code as on the gateway. */
record PolicyFile(Path path, PolicyDocument document, Decisions decisions) {

  private static final long MAX_BYTES = 4L << 20;

  /** Why a file cannot be used; the message is for the operator. */
  static final class BadFileException extends Exception {
    private static final long serialVersionUID = 1L;

    BadFileException(Path file, String why) {
      super("kete: " + file + ": " + why);
    }
  }

  static PolicyFile read(Path path) throws BadFileException {
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw new BadFileException(path, "too long for a policy document");
      }
      PolicyDocument document =
          PolicyDocument.parse(Files.readString(path, StandardCharsets.UTF_8));
      return new PolicyFile(path, document, Decisions.of(document));
    } catch (NoSuchFileException e) {
      throw new BadFileException(path, "there is no such file");
    } catch (MalformedInputException e) {
      throw new BadFileException(path, "not UTF-8");
    } catch (IOException e) {
      throw new BadFileException(path, "cannot be read: " + e.getMessage());
    } catch (PolicyException e) {
      throw new BadFileException(path, String.valueOf(e.getMessage()));
    }
  }

  /** The decision for a channel, which a model may have derived from others. */
  Decision decide(SampleArgument sample) {
    if (sample.inputs().isEmpty()) {
      return decisions.of(sample.asset(), sample.channel());
    }
    Lineage lineage =
        new Lineage("slot", "model", "1", "", sample.inputs(), List.of(sample.channel()));
    List<Reading> none = List.of();
    Sample derived = new Sample(sample.asset(), 0, ClockQuality.UNKNOWN, none, List.of(lineage));
    Decision decision = decisions.derived(derived).get(sample.channel());
    return decision == null ? decisions.of(sample.asset(), sample.channel()) : decision;
  }

  /** An action with its parameters. */
  static String shown(Action action) {
    String name = action.treatment().name().toLowerCase(Locale.ROOT);
    if (action instanceof Action.Seal seal) {
      return name + " for " + (seal.recipients().isEmpty() ? "nobody" : joined(seal));
    } else if (action instanceof Action.Pseudonymise pseudonymise) {
      return name + " for " + pseudonymise.recipient();
    } else if (action instanceof Action.Coarsen coarsen) {
      return name
          + (coarsen.how().round() == 0 ? "" : " round " + coarsen.how().round())
          + (coarsen.how().buckets().isEmpty() ? "" : " buckets " + coarsen.how().buckets())
          + (coarsen.how().timeMillis() == 0 ? "" : " time " + coarsen.how().timeMillis() + " ms");
    }
    return name;
  }

  private static String joined(Action.Seal seal) {
    return String.join(", ", seal.recipients());
  }
}
