// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms;

import io.kete.data.api.Status;
import io.kete.policy.api.PolicyIdentity;
import io.kete.policy.api.Verifier;
import io.kete.policy.cms.PolicyLoader.Loaded;
import io.kete.policy.cms.document.Action;
import io.kete.policy.cms.document.Decisions;
import io.kete.policy.cms.document.PolicyDocument;
import io.kete.policy.cms.envelope.CertificateFolder;
import io.kete.policy.cms.envelope.KeyEpoch;
import io.kete.policy.cms.envelope.Lanes;
import io.kete.policy.cms.envelope.Lanes.EpochMaker;
import io.kete.policy.cms.envelope.Recipients;
import io.kete.policy.cms.trust.CmsVerifier;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns settings into what is in force, and notices when time alone changes it. Who asks before the
 * first settings took effect waits for that: it is a matter of reading a file and checking its
 * signature, and nothing is to be withheld only because it came early.
 */
final class PolicyControl {

  private static final Logger logger = LoggerFactory.getLogger(PolicyControl.class);
  private static final PolicyIdentity NONE = new PolicyIdentity("none", "");

  private final Folders folders;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final EpochMaker maker;
  private final PolicySettings first;
  private final CountDownLatch begun = new CountDownLatch(1);
  private volatile Applied applied;

  /** Reads nothing yet; {@link #begin()} does. */
  PolicyControl(
      PolicySettings first, Folders folders, Clock clock, LongSupplier nanoTime, EpochMaker maker) {
    this.first = first;
    this.folders = folders;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.maker = maker;
    CertificateFolder nowhere = new CertificateFolder(folders.config());
    PolicySettings none = PolicySettings.nothing(folders.config());
    Lanes lanes = new Lanes(Recipients.none(nowhere), none.limits(), clock, nanoTime, maker);
    this.applied =
        new Applied(
            none,
            new InForce(NONE, Decisions.withoutDocument(), lanes),
            new Loaded(Optional.empty(), false, List.of(), Optional.empty()),
            verifier(first),
            Long.MIN_VALUE,
            Long.MAX_VALUE);
  }

  InForce inForce() {
    awaitBegin();
    Applied present = applied;
    long now = clock.millis();
    return present.holdsAt(now) ? present.inForce() : again(now).inForce();
  }

  Verifier verifier() {
    return applied.verifier();
  }

  /** Gives the first settings effect, unless later ones came before. */
  synchronized void begin() {
    if (begun.getCount() > 0) {
      configure(first);
    }
  }

  private void awaitBegin() {
    boolean interrupted = false;
    while (begun.getCount() > 0) {
      try {
        begun.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  synchronized void configure(PolicySettings settings) {
    try {
      apply(settings);
    } finally {
      // after a failure nothing is in force, and everything is withheld
      begun.countDown();
    }
  }

  /** Begins new keys. */
  synchronized void rotate() {
    begin();
    apply(applied.settings().rotated(applied.settings().rotation() + "+"));
  }

  /** Looks at document, signature and anchors again. */
  synchronized void reload() {
    begin();
    apply(applied.settings());
  }

  Set<String> erased() {
    return begun.getCount() > 0 ? first.erased() : applied.settings().erased();
  }

  private synchronized Applied again(long now) {
    if (!applied.holdsAt(now)) {
      apply(applied.settings());
    }
    return applied;
  }

  private void apply(PolicySettings settings) {
    Applied before = applied;
    Instant now = clock.instant();
    Verifier verifier = verifier(settings);
    Loaded loaded =
        new PolicyLoader(verifier, new AcceptedPolicy(folders.data().resolve("accepted.json")))
            .load(settings, now);
    boolean expired = loaded.document().isPresent() && loaded.document().get().expired(now);
    InForce next = inForce(loaded, expired, settings);
    boolean sameKeys =
        before.settings().sameKeys(settings)
            && before.loaded().sameRecipients(loaded)
            && before.inForce().lanes().epochs().stream()
                .noneMatch(epoch -> settings.erased().contains(epoch.id()));
    if (sameKeys) {
      next = new InForce(next.identity(), next.decisions(), before.inForce().lanes());
    }
    applied =
        new Applied(
            settings,
            next,
            loaded,
            verifier,
            holdsFrom(loaded, expired),
            holdsUntil(loaded, expired));
    report(before, applied, expired);
  }

  private InForce inForce(Loaded loaded, boolean expired, PolicySettings settings) {
    CertificateFolder folder = new CertificateFolder(settings.certificates());
    Optional<PolicyDocument> document = loaded.document();
    Recipients recipients =
        document
            .map(d -> new Recipients(d.recipients(), d.revoked(), folder))
            .orElseGet(() -> Recipients.none(folder));
    Lanes lanes = new Lanes(recipients, settings.limits(), clock, nanoTime, maker);
    Decisions decisions =
        document
            .map(d -> expired ? Decisions.ofExpired(d) : Decisions.of(d))
            .orElseGet(Decisions::withoutDocument);
    PolicyIdentity identity =
        document.map(d -> new PolicyIdentity(Long.toString(d.version()), d.digest())).orElse(NONE);
    return new InForce(identity, decisions, lanes);
  }

  private static long holdsFrom(Loaded loaded, boolean expired) {
    return expired
        ? loaded.document().flatMap(PolicyDocument::validUntil).orElseThrow().toEpochMilli()
        : Long.MIN_VALUE;
  }

  private static long holdsUntil(Loaded loaded, boolean expired) {
    Optional<Instant> end =
        expired ? Optional.empty() : loaded.document().flatMap(PolicyDocument::validUntil);
    long until = end.map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
    return Math.min(until, loaded.pending().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE));
  }

  private Verifier verifier(PolicySettings settings) {
    return new CmsVerifier(settings.anchors(), folders.allowUnsigned(), clock);
  }

  private static void report(Applied before, Applied now, boolean expired) {
    PolicyIdentity identity = now.inForce().identity();
    if (!identity.equals(before.inForce().identity())) {
      logger.info(
          "policy_applied version={} digest={} former={}",
          identity.version(),
          identity.digest(),
          before.inForce().identity().version());
    }
    for (String epoch : now.settings().erased()) {
      if (!before.settings().erased().contains(epoch)) {
        logger.warn("key_epoch_erased epoch={}", epoch);
      }
    }
    if (expired) {
      logger.error("policy_expired version={}", identity.version());
    }
    for (String problem : now.loaded().problems()) {
      if (!before.loaded().problems().contains(problem)) {
        logger.error("policy_problem {}", problem);
      }
    }
  }

  /** Looks at certificates and makes the first keys ahead of the first block. */
  void prepare() {
    Applied present = applied;
    Set<List<String>> sets = new LinkedHashSet<>();
    present
        .loaded()
        .document()
        .ifPresent(
            document -> {
              addRecipients(sets, document.defaultAction());
              document.rules().forEach(rule -> addRecipients(sets, rule.action()));
            });
    present.inForce().lanes().prepare(sets);
  }

  private static void addRecipients(Set<List<String>> sets, Action action) {
    if (action instanceof Action.Seal seal) {
      sets.add(seal.recipients());
    }
  }

  Status status(SealCounters counters, Pseudonyms pseudonyms) {
    Applied present = applied;
    List<String> problems = new ArrayList<>(present.loaded().problems());
    problems.addAll(present.inForce().lanes().problems());
    present
        .loaded()
        .document()
        .filter(document -> document.expired(clock.instant()))
        .ifPresent(
            document ->
                problems.add(
                    "policy version "
                        + document.version()
                        + " has expired: nothing leaves in clear; install a newer one"));
    if (pseudonyms.isBroken()) {
      problems.add(
          "the key for pseudonyms cannot be read or made: check the data folder policy; bring"
              + " pseudonym.p12 and device.secret back, or remove both and restart for other"
              + " pseudonyms");
    }
    Map<String, Object> facts = new TreeMap<>();
    facts.put("version", present.inForce().identity().version());
    facts.put("digest", present.inForce().identity().digest());
    facts.put("unsigned", present.loaded().unsigned());
    facts.put("epochsBegun", maker.made());
    facts.put("blocks", counters.blocks.sum());
    facts.put("sealedBlocks", counters.sealedBlocks.sum());
    facts.put("sealedReadings", counters.sealedReadings.sum());
    facts.put("removedReadings", counters.removedReadings.sum());
    facts.put("withheldReadings", counters.withheldReadings.sum());
    Map<String, Object> epochs = new TreeMap<>();
    for (KeyEpoch epoch : present.inForce().lanes().epochs()) {
      epochs.put(epoch.id(), epoch.uses());
    }
    facts.put("epochUses", epochs);
    facts.put("erasedEpochs", present.settings().erased().size());
    return new Status(problems, facts);
  }

  /**
   * One configuration and what it led to.
   *
   * @param fromMillis time before which it has to be looked at again
   * @param untilMillis time from which it has to be looked at again
   */
  private record Applied(
      PolicySettings settings,
      InForce inForce,
      Loaded loaded,
      Verifier verifier,
      long fromMillis,
      long untilMillis) {

    boolean holdsAt(long now) {
      return now >= fromMillis && now < untilMillis;
    }
  }
}
