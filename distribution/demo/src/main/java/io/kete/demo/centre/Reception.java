// SPDX-License-Identifier: EPL-2.0
package io.kete.demo.centre;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What the centre has received of one stream of one gateway. Second copies are dropped, sealed
 * records are opened, everything that is not as docs/record.md says is a fault. Safe for use by any
 * number of threads.
 */
public final class Reception {

  private static final int MAX_FAULTS = 20;
  private static final String BAD = "BAD";

  private final Opener opener;
  private final Set<String> secret;
  private final Pattern secretText;

  private final NavigableMap<Long, Sample> open = new TreeMap<>();
  private final NavigableMap<Long, Map<String, Object>> sealed = new TreeMap<>();
  private final NavigableMap<Long, Long> sealedRanges = new TreeMap<>();
  private final NavigableMap<Long, Long> droppedRanges = new TreeMap<>();
  private final Map<Long, Payload> unopened = new TreeMap<>();
  private final Map<String, Ledger> ledgers = new TreeMap<>();
  private final Set<Long> incarnations = new HashSet<>();
  private final Set<String> faults = new LinkedHashSet<>();
  private long messages;
  private OptionalLong firstSampleNanos = OptionalLong.empty();
  private long duplicates;
  private long replayed;
  private long leaks;
  private boolean scored;

  /** The open part of one sample. */
  private record Sample(
      long timeMillis,
      String asset,
      Map<String, Object> values,
      Map<String, String> qualities,
      List<Lineage> lineages,
      long sealedFrom) {}

  /**
   * Numbers of what arrived so far.
   *
   * @param messages all
   * @param samples different samples
   * @param sealedBlocks different sealed records that could be opened
   * @param duplicates second copies
   * @param replayed records marked as sent from the backlog or again
   * @param leaks messages that held something secret in clear
   */
  public record Counts(
      long messages, long samples, long sealedBlocks, long duplicates, long replayed, long leaks) {}

  /**
   * An empty reception.
   *
   * @param centre opens sealed records
   * @param secret channels that must arrive sealed
   * @param secretText what a secret value looks like; searched for in the bytes of every message
   */
  public Reception(PrivateKey centre, Set<String> secret, Pattern secretText) {
    this.opener = new Opener(centre);
    this.secret = Set.copyOf(secret);
    this.secretText = secretText;
  }

  /** Takes a message as it came from the broker. */
  public synchronized void accept(byte[] message) {
    messages++;
    try {
      byte[] plain = PayloadDecoder.plainBytes(message);
      Payload payload = PayloadDecoder.decode(plain);
      if (payload.metrics().containsKey("kete.record")) {
        searchSecrets(plain, payload);
        accept(payload);
      }
    } catch (RecordException e) {
      fault(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      // Border: MQTT callback. Bouncy Castle answers malformed ASN.1 with many kinds of these.
      fault("message cannot be decoded: " + e);
    }
  }

  private void searchSecrets(byte[] plain, Payload payload) {
    boolean named = payload.metrics().keySet().stream().anyMatch(secret::contains);
    if (named || secretText.matcher(new String(plain, StandardCharsets.ISO_8859_1)).find()) {
      leaks++;
    }
  }

  private void accept(Payload payload) throws RecordException {
    String kind = payload.text("kete.record");
    if (kind.equals("ledger/1")) {
      ledger(Ledger.read(payload));
      return;
    }
    incarnations.add(payload.number("kete.incarnation"));
    if (Boolean.TRUE.equals(payload.metrics().get("kete.replay"))) {
      replayed++;
    }
    switch (kind) {
      case "sample/1" -> sample(payload);
      case "sealed/1" -> sealed(payload);
      case "key/1" -> key(payload);
      case "dropped/1" ->
          droppedRanges.put(payload.number("kete.seq"), payload.number("kete.count"));
      default -> fault("record of unknown kind " + kind);
    }
  }

  private void ledger(Ledger ledger) {
    ledgers.merge(
        ledger.whose() + " " + ledger.name(),
        ledger,
        (before, now) -> now.timeMillis() >= before.timeMillis() ? now : before);
  }

  private void sample(Payload payload) throws RecordException {
    String asset = payload.text("assetName");
    if (firstSampleNanos.isEmpty() && !asset.startsWith("kete.")) {
      firstSampleNanos = OptionalLong.of(System.nanoTime());
    }
    Map<String, Object> values = new LinkedHashMap<>();
    Map<String, String> qualities = new HashMap<>();
    payload
        .metrics()
        .forEach(
            (name, value) -> {
              if (name.endsWith("#quality")) {
                qualities.put(name.substring(0, name.indexOf('#')), String.valueOf(value));
              } else if (name.indexOf('#') < 0
                  && !name.startsWith("kete.")
                  && !name.equals("assetName")) {
                values.put(name, value);
              }
            });
    long sealedFrom = payload.metrics().get("kete.sealed.from") instanceof Long from ? from : 0;
    List<Lineage> lineages =
        Lineage.parse(payload.metrics().get("kete.model") instanceof String text ? text : "");
    scored |= !lineages.isEmpty();
    Sample sample = new Sample(payload.timestamp(), asset, values, qualities, lineages, sealedFrom);
    Sample before = open.putIfAbsent(payload.number("kete.seq"), sample);
    if (before != null) {
      duplicates++;
      if (!before.equals(sample)) {
        fault("two different samples have the number " + payload.number("kete.seq"));
      }
    }
  }

  private void key(Payload payload) throws RecordException {
    opener.learn(payload.text("kete.epoch"), payload.body().toByteArray());
    for (Payload waiting : new ArrayList<>(unopened.values())) {
      sealed(waiting);
    }
  }

  private void sealed(Payload payload) throws RecordException {
    long first = payload.number("kete.seq");
    long count = payload.number("kete.count");
    if (sealedRanges.containsKey(first)) {
      duplicates++;
      return;
    }
    Optional<byte[]> content =
        opener.open(payload.text("kete.epoch"), payload.body().toByteArray());
    if (content.isEmpty()) {
      unopened.put(first, payload);
      return;
    }
    unopened.remove(first);
    BlockContent block = BlockContent.read(content.get());
    boolean same =
        block.gateway().equals(payload.text("kete.gateway"))
            && block.stream().equals(payload.text("kete.stream"))
            && block.policy().equals(payload.text("kete.policy"))
            && block.incarnation() == payload.number("kete.incarnation")
            && block.firstSeq() == first
            && block.samples().size() == count;
    if (!same) {
      throw new RecordException(
          "sealed record " + first + " holds a block that differs from its metrics");
    }
    sealedRanges.put(first, count);
    for (int i = 0; i < count; i++) {
      sealed.put(first + i, block.samples().get(i));
    }
  }

  private void fault(String what) {
    if (faults.size() < MAX_FAULTS) {
      faults.add(what);
    }
  }

  /** When the first sample arrived, on the clock of {@link System#nanoTime()}. */
  public synchronized OptionalLong firstSampleNanos() {
    return firstSampleNanos;
  }

  /** Whether a sample arrived that a model scored. */
  public synchronized boolean isScored() {
    return scored;
  }

  /** The last account that arrived of each stream and route. */
  public synchronized List<Ledger> ledgers() {
    return List.copyOf(ledgers.values());
  }

  /** Numbers so far. */
  public synchronized Counts counts() {
    Set<Long> samples = new HashSet<>(open.keySet());
    samples.addAll(sealed.keySet());
    return new Counts(messages, samples.size(), sealedRanges.size(), duplicates, replayed, leaks);
  }

  /**
   * Highest value of a whole-number channel in the complete samples so far, 0 when there is none.
   */
  public synchronized long highest(String channel) {
    long highest = 0;
    for (Map.Entry<Long, Sample> entry : open.descendingMap().entrySet()) {
      if (entry.getValue().values().get(channel) instanceof Long value
          && (entry.getValue().sealedFrom() == 0 || sealed.containsKey(entry.getKey()))) {
        highest = Math.max(highest, value);
        break;
      }
    }
    return highest;
  }

  /** All samples in the order of their numbers, open and sealed parts joined. */
  public synchronized List<Received> samples() {
    Set<Long> seqs = new TreeSet<>(open.keySet());
    seqs.addAll(sealed.keySet());
    List<Received> samples = new ArrayList<>();
    for (long seq : seqs) {
      Sample sample = open.get(seq);
      Map<String, Object> values = new LinkedHashMap<>();
      Map<String, String> qualities = new HashMap<>();
      if (sample != null) {
        values.putAll(sample.values());
        qualities.putAll(sample.qualities());
      }
      for (Map.Entry<String, Object> secretValue : sealed.getOrDefault(seq, Map.of()).entrySet()) {
        String name = secretValue.getKey();
        if (name.startsWith(BlockContent.FAILED)) {
          qualities.put(name.substring(1), BAD + ": " + secretValue.getValue());
        } else {
          values.put(name, secretValue.getValue());
        }
      }
      samples.add(
          new Received(
              seq,
              sample == null ? 0 : sample.timeMillis(),
              sample == null ? "" : sample.asset(),
              values,
              qualities,
              sample == null ? List.of() : sample.lineages()));
    }
    return samples;
  }

  /** Everything that is wrong with what arrived, whatever the device served. */
  public synchronized List<String> faults() {
    List<String> all = new ArrayList<>(faults);
    if (incarnations.size() > 1) {
      all.add("the stream has " + incarnations.size() + " incarnations");
    }
    if (!unopened.isEmpty()) {
      all.add(unopened.size() + " sealed records came without the key of their epoch");
    }
    if (leaks > 0) {
      all.add(leaks + " messages held a sealed channel in clear");
    }
    droppedRanges.forEach(
        (seq, count) -> all.add("the gateway dropped " + count + " samples from number " + seq));
    long unsealed =
        open.headMap(lastRead(), true).entrySet().stream().filter(this::lacksSealedPart).count();
    if (unsealed > 0) {
      all.add(unsealed + " samples lack their sealed part");
    }
    all.addAll(gaps());
    for (Ledger ledger : ledgers.values()) {
      if (ledger.whose().equals(Ledger.OF_STREAM)) {
        all.addAll(unconfirmed(ledger.entries().getOrDefault("delivered", 0L)));
      }
    }
    return all;
  }

  /** What the gateway has as delivered must be here, or wait here for its key. */
  private List<String> unconfirmed(long delivered) {
    Set<Long> here = new HashSet<>(open.keySet());
    here.addAll(sealed.keySet());
    boolean isHere = delivered <= here.size() || !unopened.isEmpty();
    return isHere
        ? List.of()
        : List.of(
            "the gateway has " + delivered + " samples as delivered, here are " + here.size());
  }

  /**
   * Number of the last sample with values; a later one may still be on its way when the gateway is
   * stopped.
   */
  private long lastRead() {
    return open.descendingMap().entrySet().stream()
        .filter(entry -> !entry.getValue().values().isEmpty())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(0L);
  }

  private boolean lacksSealedPart(Map.Entry<Long, Sample> sample) {
    long from = sample.getValue().sealedFrom();
    return from != 0 && (!sealedRanges.containsKey(from) || !sealed.containsKey(sample.getKey()));
  }

  private List<String> gaps() {
    List<String> gaps = new ArrayList<>();
    long expected = 1;
    Set<Long> seqs = new TreeSet<>(open.keySet());
    seqs.addAll(sealed.keySet());
    for (long seq : seqs) {
      if (seq > expected && gaps.size() < MAX_FAULTS) {
        gaps.add("samples " + expected + " to " + (seq - 1) + " never arrived");
      }
      expected = seq + 1;
    }
    return gaps;
  }
}
