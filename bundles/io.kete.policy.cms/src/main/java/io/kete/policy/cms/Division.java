// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms;

import io.kete.data.api.Lineage;
import io.kete.data.api.Reading;
import io.kete.data.api.Reading.Failed;
import io.kete.data.api.Sample;
import io.kete.policy.cms.Shapes.Shape;
import io.kete.policy.cms.document.Action;
import io.kete.policy.cms.envelope.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one block, divided into what is open and what is sealed for whom. Used for one
 * block by one thread.
 */
final class Division {

  static final String NO_POLICY = "withheld: no policy";
  static final String NO_RECIPIENT = "withheld: no valid recipient";
  static final String RESERVED_NAME = "withheld: channel name is reserved";

  private final InForce policy;
  private final Pseudonyms pseudonyms;
  private final List<Sample> samples;
  private final boolean withholdAll;
  private final List<Sample> open;
  private final List<Part> parts = new ArrayList<>(1);
  private final List<List<String>> closed = new ArrayList<>(0);
  private long sealed;
  private long removed;
  private long withheld;

  Division(
      InForce policy,
      Shapes shapes,
      Pseudonyms pseudonyms,
      List<Sample> samples,
      boolean withholdAll) {
    this.policy = policy;
    this.pseudonyms = pseudonyms;
    this.samples = samples;
    this.withholdAll = withholdAll;
    this.open = new ArrayList<>(samples.size());
    for (int i = 0; i < samples.size(); i++) {
      Sample sample = samples.get(i);
      open.add(divide(i, sample, shapes.of(policy.decisions(), sample)));
    }
  }

  List<Sample> open() {
    return open;
  }

  List<Part> parts() {
    return parts;
  }

  /** All samples without readings. */
  List<Sample> shells() {
    return samples.stream().map(Division::shell).toList();
  }

  void count(SealCounters counters) {
    counters.blocks.increment();
    counters.sealedReadings.add(sealed);
    counters.removedReadings.add(removed);
    counters.withheldReadings.add(withheld);
  }

  private Sample divide(int index, Sample sample, Shape shape) {
    if (shape.isOpen()) {
      return sample;
    }
    Part whole =
        withholdAll ? null : shape.whole().map(seal -> part(seal.recipients())).orElse(null);
    if (whole != null) {
      sealed += sample.readings().size();
      whole.addAll(index, sample.readings());
      return shell(sample);
    }
    List<Reading> readings = sample.readings();
    List<Reading> remaining = new ArrayList<>(readings.size());
    long time = sample.timeMillis();
    for (int i = 0; i < readings.size(); i++) {
      Action action = shape.action(i);
      Reading left = apply(action, index, readings.get(i));
      if (left != null) {
        remaining.add(left);
        time =
            action instanceof Action.Coarsen coarsen
                ? Math.min(time, coarsen.how().time(time))
                : time;
      }
    }
    return new Sample(
        sample.asset(), time, sample.clock(), remaining, lineageOf(sample, remaining));
  }

  /** What stays open of a reading; null when nothing does. */
  private @Nullable Reading apply(Action action, int index, Reading reading) {
    if (action instanceof Action.Plain) {
      return reading;
    } else if (action instanceof Action.Seal seal) {
      return toPart(seal.recipients(), index, reading);
    } else if (action instanceof Action.Coarsen coarsen) {
      return coarsen.how().apply(reading);
    } else if (action instanceof Action.Pseudonymise pseudonymise) {
      return pseudonyms.apply(reading, pseudonymise.recipient());
    }
    removed++;
    return null;
  }

  private @Nullable Reading toPart(List<String> recipients, int index, Reading reading) {
    if (withholdAll) {
      return withheld(reading, BlockSealer.SEAL_FAILED);
    }
    if (BlockSealer.isReserved(reading.channel())) {
      return withheld(reading, RESERVED_NAME);
    }
    Part part = part(recipients);
    if (part == null) {
      return withheld(reading, recipients.isEmpty() ? noRecipients() : NO_RECIPIENT);
    }
    sealed++;
    part.add(index, reading);
    return null;
  }

  private String noRecipients() {
    return policy.identity().digest().isEmpty() ? NO_POLICY : NO_RECIPIENT;
  }

  private Reading withheld(Reading reading, String reason) {
    withheld++;
    return new Failed(reading.channel(), reason, reading.timeMillis());
  }

  private @Nullable Part part(List<String> recipients) {
    for (Part part : parts) {
      if (part.recipients.equals(recipients)) {
        return part;
      }
    }
    if (closed.contains(recipients)) {
      return null;
    }
    Optional<Ticket> ticket = policy.lanes().ticket(recipients);
    if (ticket.isEmpty()) {
      closed.add(recipients);
      return null;
    }
    Part part = new Part(recipients, ticket.get());
    parts.add(part);
    return part;
  }

  private static Sample shell(Sample sample) {
    return new Sample(sample.asset(), sample.timeMillis(), sample.clock(), List.of());
  }

  /** Only the models of which some output is there. */
  private static List<Lineage> lineageOf(Sample sample, List<Reading> readings) {
    if (sample.lineage().isEmpty() || readings.isEmpty()) {
      return List.of();
    }
    Set<String> present = readings.stream().map(Reading::channel).collect(Collectors.toSet());
    return sample.lineage().stream()
        .filter(step -> step.outputs().stream().anyMatch(present::contains))
        .toList();
  }

  /** What is sealed for one set of recipients. */
  final class Part {

    private final List<String> recipients;
    private final Ticket ticket;
    private final List<@Nullable List<Reading>> readings = new ArrayList<>(samples.size());

    Part(List<String> recipients, Ticket ticket) {
      this.recipients = recipients;
      this.ticket = ticket;
    }

    List<String> recipients() {
      return recipients;
    }

    Ticket ticket() {
      return ticket;
    }

    /** Every sample of the block, with the readings of this part. */
    List<Sample> samples() {
      List<Sample> all = new ArrayList<>(samples.size());
      for (int i = 0; i < samples.size(); i++) {
        Sample sample = samples.get(i);
        List<Reading> own = i < readings.size() ? readings.get(i) : null;
        if (own == null) {
          all.add(shell(sample));
        } else if (own == sample.readings() && sample.lineage().isEmpty()) {
          all.add(sample);
        } else {
          all.add(
              new Sample(
                  sample.asset(),
                  sample.timeMillis(),
                  sample.clock(),
                  own,
                  lineageOf(sample, own)));
        }
      }
      return all;
    }

    /** All readings of a sample, of which none was added before. */
    private void addAll(int index, List<Reading> all) {
      fill(index);
      readings.set(index, all);
    }

    private void fill(int index) {
      while (readings.size() <= index) {
        readings.add(null);
      }
    }

    private void add(int index, Reading reading) {
      fill(index);
      List<Reading> own = readings.get(index);
      if (own == null) {
        own = new ArrayList<>(4);
        readings.set(index, own);
      }
      own.add(reading);
    }
  }
}
