// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms.envelope;

import io.kete.policy.cms.envelope.EpochFactory.EpochException;
import io.kete.policy.cms.envelope.Recipients.Resolution;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lanes of one policy in force: one for each set of recipients. Safe for any number of threads.
 */
public final class Lanes {

  private static final Logger logger = LoggerFactory.getLogger(Lanes.class);
  private static final int MAX_LANES = 256;

  private final Recipients recipients;
  private final EpochLimits limits;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final EpochMaker maker;
  private final Map<List<String>, Lane> lanes = new ConcurrentHashMap<>();
  private final Set<String> reported = ConcurrentHashMap.newKeySet();

  /**
   * @param recipients who can be sealed for
   * @param limits when an epoch ends
   * @param clock for the validity of certificates
   * @param nanoTime for the age of an epoch, so that a wrong clock cannot make it last
   * @param maker makes epochs; kept over changes of the policy because it is expensive
   */
  public Lanes(
      Recipients recipients,
      EpochLimits limits,
      Clock clock,
      LongSupplier nanoTime,
      EpochMaker maker) {
    this.recipients = recipients;
    this.limits = limits;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.maker = maker;
  }

  /**
   * A ticket to seal for some recipients.
   *
   * @param names sorted, each once
   * @return empty when none of them has a good certificate
   */
  public Optional<Ticket> ticket(List<String> names) {
    Lane lane = lanes.get(names);
    if (lane == null) {
      if (names.isEmpty() || lanes.size() >= MAX_LANES) {
        return Optional.empty();
      }
      lane = lanes.computeIfAbsent(names, key -> new Lane(key, this));
    }
    return lane.ticket();
  }

  /**
   * Looks at all certificates and begins the epoch of some recipients, so that the first block need
   * not wait for it.
   */
  public void prepare(Collection<List<String>> sets) {
    for (List<String> names : sets) {
      ticket(names);
    }
  }

  /** What is wrong with certificates, one sentence each. */
  public List<String> problems() {
    Set<String> problems = new TreeSet<>();
    for (Lane lane : lanes.values()) {
      lane.refresh();
      problems.addAll(lane.problems());
      if (lane.closed()) {
        problems.add(
            "data for "
                + String.join(", ", lane.names())
                + " is withheld: no valid certificate; install one");
      }
    }
    return new ArrayList<>(problems);
  }

  /** The epochs in force. */
  public List<KeyEpoch> epochs() {
    return lanes.values().stream().map(Lane::epoch).flatMap(Optional::stream).toList();
  }

  /** The epoch in force of that identifier; empty when it has ended or never was. */
  public Optional<KeyEpoch> epoch(String id) {
    return epochs().stream().filter(epoch -> epoch.id().equals(id)).findFirst();
  }

  /** A ticket for the recipients of an epoch in force. */
  public Optional<Ticket> ticketLike(KeyEpoch epoch) {
    return lanes.values().stream()
        .filter(lane -> lane.epoch().filter(present -> present == epoch).isPresent())
        .findFirst()
        .flatMap(Lane::ticket);
  }

  EpochLimits limits() {
    return limits;
  }

  long nanos() {
    return nanoTime.getAsLong();
  }

  long millis() {
    return clock.millis();
  }

  Resolution resolve(List<String> names, long nowMillis) {
    Resolution found = recipients.resolve(names, nowMillis);
    for (String problem : found.problems()) {
      if (reported.add(problem)) {
        logger.error("recipient_refused {}", problem);
      }
    }
    reported.removeIf(
        old -> isAbout(names, old) && !found.problems().contains(old) && recovered(old));
    return found;
  }

  private static boolean isAbout(List<String> names, String problem) {
    return names.stream().anyMatch(name -> problem.startsWith("recipient " + name + ":"));
  }

  private static boolean recovered(String problem) {
    logger.info("recipient_recovered formerly={}", problem);
    return true;
  }

  /** A new epoch; none when the platform's cryptography fails, which withholds the data. */
  @Nullable KeyEpoch begin(List<String> names, List<Recipient> valid) {
    try {
      KeyEpoch epoch = maker.make(valid, limits.uses());
      logger.info(
          "key_epoch_started epoch={} recipients={} certificates={}",
          epoch.id(),
          String.join(",", names),
          valid.size());
      return epoch;
    } catch (EpochException e) {
      logger.error("key_epoch_failed recipients={}", String.join(",", names), e);
      return null;
    }
  }

  /** Makes epochs and counts them; one for the life of the component. */
  public static final class EpochMaker {

    private final AtomicLong made = new AtomicLong();
    private @Nullable EpochFactory factory;

    private synchronized EpochFactory factory() {
      EpochFactory present = factory;
      if (present == null) {
        present = new EpochFactory();
        factory = present;
      }
      return present;
    }

    KeyEpoch make(List<Recipient> recipients, long useLimit) throws EpochException {
      KeyEpoch epoch = factory().create(recipients, useLimit);
      made.incrementAndGet();
      return epoch;
    }

    /** Epochs begun since the start. */
    public long made() {
      return made.get();
    }
  }
}
