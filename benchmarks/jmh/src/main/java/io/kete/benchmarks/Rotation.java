// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks;

import static org.awaitility.Awaitility.await;

import io.kete.buffer.api.AppendCallback;
import io.kete.buffer.api.Outlet;
import io.kete.buffer.api.Parcel;
import io.kete.buffer.api.Refusal;
import io.kete.buffer.api.Stream;
import io.kete.data.api.Block;
import io.kete.data.api.BlockId;
import io.kete.data.api.ClockQuality;
import io.kete.data.api.KeyEnvelope;
import io.kete.data.api.Reading;
import io.kete.data.api.Reading.Measured;
import io.kete.data.api.Sample;
import io.kete.data.api.SealedBlock;
import io.kete.data.api.StatusSource;
import io.kete.policy.cms.Identity;
import io.kete.receiver.BlockOpener;
import io.kete.receiver.KeyRing;
import io.kete.receiver.ReceiverException;
import io.kete.receiver.RecipientKey;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.kura.type.TypedValues;

/**
 * Ten rotations while nothing is sent, one epoch erased, then everything is drained and opened as
 * the centre would. The policy and the buffer are the bundles of the product in a framework.
 */
public final class Rotation implements AppendCallback {

  private static final String POLICY = "io.kete.policy.cms.CmsPolicy";
  private static final int ROTATIONS = 10;
  private static final int IN_FLIGHT = 4096;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Semaphore room = new Semaphore(IN_FLIGHT);
  private final AtomicLong refused = new AtomicLong();
  private final Map<String, KeyEnvelope> keys = new HashMap<>();
  private final List<Block> blocks = new ArrayList<>();

  private Rotation() {}

  public static void main(String... args) throws Exception {
    int samples = Integer.parseInt(args[0]);
    int flips = Integer.parseInt(args[1]);
    boolean holds = new Rotation().run(samples, flips);
    System.exit(holds ? 0 : 1);
  }

  private boolean run(int samples, int flips) throws Exception {
    Path data = Files.createTempDirectory("kete-rotation");
    Identity centre = Identity.ec("centre");
    centre.store(data.resolve("certificates/centre.pem"));
    String erased;
    try (Container container = new Container(data, "io.kete.policy.cms", "io.kete.buffer.h2")) {
      container.configure(POLICY, false, policy("0", ""));
      container.configure(
          "io.kete.buffer.h2.H2Stream", true, Map.of("stream", "telemetry", "gateway", "gw-1"));
      Stream stream = container.service(Stream.class, "(kete.stream=telemetry)");
      StatusSource status = container.service(StatusSource.class, "(kete.status.area=policy)");
      Set<String> epochs = new HashSet<>();
      List<String> order = new ArrayList<>();
      for (int rotation = 0; rotation <= ROTATIONS; rotation++) {
        container.configure(POLICY, false, policy(Integer.toString(rotation), ""));
        append(
            stream,
            samples * (long) rotation / (ROTATIONS + 1),
            samples * (long) (rotation + 1) / (ROTATIONS + 1));
        for (String epoch : epochs(status)) {
          if (epochs.add(epoch)) {
            order.add(epoch);
          }
        }
      }
      erased = order.get(order.size() / 2);
      container.configure(POLICY, false, policy(Integer.toString(ROTATIONS), erased));
      append(stream, samples, samples + 1); // the group commit after the change
      await("the policy takes the erasure")
          .atMost(PATIENCE)
          .until(() -> Integer.valueOf(1).equals(status.status().facts().get("erasedEpochs")));
      append(stream, samples + 1, samples + 2);
      drain(stream, samples + 2L);
    }
    return judge(centre, erased, samples + 2, flips);
  }

  private static Map<String, String> policy(String rotate, String erase) {
    return Map.of(
        "policy",
        "{\"format\": \"kete-policy/1\", \"version\": 1, \"recipients\": {\"centre\":"
            + " \"centre.pem\"}, \"rules\": []}",
        "epoch.rotate",
        rotate,
        "epoch.erase",
        erase);
  }

  private static Set<String> epochs(StatusSource status) {
    Object uses = status.status().facts().get("epochUses");
    Set<String> epochs = new HashSet<>();
    if (uses instanceof Map<?, ?> map) {
      map.keySet().forEach(epoch -> epochs.add(String.valueOf(epoch)));
    }
    return epochs;
  }

  private void append(Stream stream, long from, long to) throws InterruptedException {
    for (long i = from; i < to; i++) {
      room.acquire();
      stream.append(
          new Sample(
              "pump-1",
              1_700_000_000_000L + i,
              ClockQuality.SYNCHRONISED,
              List.of(
                  Measured.good(
                      "power", TypedValues.newLongValue(i), "W", 1_700_000_000_000L + i))),
          this);
    }
    room.acquire(IN_FLIGHT);
    room.release(IN_FLIGHT);
  }

  @Override
  public void accepted(long seq) {
    room.release();
  }

  @Override
  public void refused(Refusal why) {
    refused.incrementAndGet();
    room.release();
  }

  /** Takes everything; an outlet that gives nothing for now tells when it goes on. */
  private void drain(Stream stream, long samples) throws InterruptedException {
    Semaphore news = new Semaphore(0);
    long given = 0;
    try (Outlet outlet = stream.open(news::release)) {
      while (given < samples) {
        List<Parcel> parcels = outlet.poll(64);
        for (Parcel parcel : parcels) {
          if (parcel instanceof Parcel.Key key) {
            keys.put(key.envelope().epoch(), key.envelope());
          } else if (parcel instanceof Parcel.Samples some) {
            blocks.add(some.block());
            given += some.block().id().count();
          }
          outlet.acknowledge(parcel);
        }
        if (parcels.isEmpty() && !news.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
          return; // what did not come is told by the judge
        }
      }
    }
  }

  private boolean judge(Identity centre, String erased, long samples, int flips) {
    KeyRing ring = new KeyRing(List.of(new RecipientKey(centre.keys().getPrivate())));
    keys.values().forEach(key -> add(ring, key));
    BlockOpener opener = new BlockOpener(ring);
    Judged read = read(opener, erased);
    long expected = samples - read.ofErased();
    int accepted = flipped(opener, read.open(), keys, flips);
    System.out.printf(
        "samples %d in %d blocks, epochs %d, keys %d, refused %d%n",
        read.next(), blocks.size(), read.epochs().size(), keys.size(), refused.get());
    boolean holds =
        read.right() == expected
            && read.next() == samples
            && read.ofErased() > 0
            && read.readOfErased() == 0
            && accepted == 0
            && read.epochs().size() > ROTATIONS
            && refused.get() == 0;
    System.out.printf(
        "%s rotation: %d rotations in an outage, %d of %d samples readable (bound all), %d of %d of"
            + " the erased epoch (bound 0), %d of %d changed bits accepted (bound 0)%n",
        holds ? "PROVED" : "FAILED",
        ROTATIONS,
        read.right(),
        expected,
        read.readOfErased(),
        read.ofErased(),
        accepted,
        flips);
    return holds;
  }

  /** What the centre could read of everything that was delivered. */
  private record Judged(
      long right,
      long ofErased,
      long readOfErased,
      long next,
      Set<String> epochs,
      List<Block> open) {}

  private Judged read(BlockOpener opener, String erased) {
    long right = 0;
    long ofErased = 0;
    long readOfErased = 0;
    long next = 0;
    Set<String> seen = new HashSet<>();
    List<Block> open = new ArrayList<>();
    for (Block block : blocks) {
      String epoch = block.sealed().map(SealedBlock::epoch).orElse("");
      seen.add(epoch);
      boolean gone = epoch.equals(erased);
      ofErased += gone ? block.id().count() : 0;
      try {
        List<Sample> found = opener.open(block).block().open();
        for (int i = 0; i < found.size(); i++) {
          Reading reading = found.get(i).readings().get(0);
          Object value = ((Measured) reading).value().getValue();
          right += !gone && value.equals(next + i) ? 1 : 0;
          readOfErased += gone ? 1 : 0;
        }
        open.add(block);
      } catch (ReceiverException e) {
        // counted as not read
      }
      next += block.id().count();
    }
    return new Judged(right, ofErased, readOfErased, next, seen, open);
  }

  private static void add(KeyRing ring, KeyEnvelope key) {
    try {
      ring.add(key.epoch(), key.envelope());
    } catch (ReceiverException e) {
      throw new IllegalStateException("a key that was delivered cannot be opened", e);
    }
  }

  /** Changes one bit of an envelope or one field of a header; gives how often that was accepted. */
  private int flipped(
      BlockOpener opener, List<Block> open, Map<String, KeyEnvelope> given, int flips) {
    Random random = new Random(4);
    List<KeyEnvelope> envelopes = new ArrayList<>(given.values());
    int accepted = 0;
    for (int i = 0; i < flips; i++) {
      Block block = open.get(random.nextInt(open.size()));
      SealedBlock sealed = block.sealed().orElseThrow();
      try {
        switch (i % 4) {
          case 0, 1 ->
              opener.open(
                  block.id(),
                  block.policy(),
                  new SealedBlock(sealed.epoch(), flip(sealed.envelope(), random)));
          case 2 -> opener.open(other(block.id(), random), policy(block, random), sealed);
          default -> {
            KeyEnvelope key = envelopes.get(random.nextInt(envelopes.size()));
            new KeyRing(List.of()).add(key.epoch(), flip(key.envelope(), random));
          }
        }
        accepted++;
      } catch (ReceiverException e) {
        boolean noticed = i % 4 != 3 || e.reason() == ReceiverException.Reason.DAMAGED_KEY_ENVELOPE;
        accepted += noticed ? 0 : 1;
      }
    }
    return accepted;
  }

  private static String policy(Block block, Random random) {
    return block.policy() + (random.nextInt(4) == 0 ? "1" : "");
  }

  private static BlockId other(BlockId id, Random random) {
    long bit = 1L << random.nextInt(40);
    return switch (random.nextInt(4)) {
      case 0 ->
          new BlockId(id.gateway() + "x", id.stream(), id.incarnation(), id.firstSeq(), id.count());
      case 1 ->
          new BlockId(id.gateway(), id.stream() + "x", id.incarnation(), id.firstSeq(), id.count());
      case 2 ->
          new BlockId(id.gateway(), id.stream(), id.incarnation() ^ bit, id.firstSeq(), id.count());
      default ->
          new BlockId(id.gateway(), id.stream(), id.incarnation(), id.firstSeq() + bit, id.count());
    };
  }

  private static ByteBuffer flip(ByteBuffer bytes, Random random) {
    byte[] changed = new byte[bytes.remaining()];
    bytes.get(changed);
    int bit = random.nextInt(changed.length * 8);
    changed[bit / 8] = (byte) (changed[bit / 8] ^ (1 << (bit % 8)));
    return ByteBuffer.wrap(changed);
  }
}
