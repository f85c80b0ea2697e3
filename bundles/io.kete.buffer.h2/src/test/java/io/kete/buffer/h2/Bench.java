// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import io.kete.buffer.api.AppendCallback;
import io.kete.buffer.api.Outlet;
import io.kete.buffer.api.Parcel;
import io.kete.buffer.api.Refusal;
import io.kete.buffer.h2.StreamSettings.WhenFull;
import io.kete.data.api.Block;
import io.kete.data.api.BlockId;
import io.kete.data.api.BlockWriter;
import io.kete.data.api.ClockQuality;
import io.kete.data.api.KeyEnvelope;
import io.kete.data.api.Reading;
import io.kete.data.api.Reading.Measured;
import io.kete.data.api.Sample;
import io.kete.data.api.SealedBlock;
import io.kete.policy.api.DataPolicy;
import io.kete.policy.api.PolicyIdentity;
import io.kete.policy.api.Resealed;
import io.kete.policy.api.Sealing;
import io.kete.policy.api.Treatment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.type.TypedValues;

/** A stream on the bench: what tests put in, and what they take out. */
final class Bench implements AutoCloseable {

  static final int SEGMENT = 65_536;

  private final AtomicReference<Optional<DataPolicy>> policy =
      new AtomicReference<>(Optional.of(new Open()));
  private final AtomicReference<Optional<CryptoService>> crypto = new AtomicReference<>();
  final DurableStream stream;

  Bench(StreamSettings settings) {
    this(settings, Optional.of(new Open()));
  }

  Bench(StreamSettings settings, Optional<DataPolicy> first) {
    this(settings, first, StreamStore.RECENT_BYTES);
  }

  /** A stream that keeps so much of what was stored last in memory. */
  Bench(StreamSettings settings, Optional<DataPolicy> first, int recentBytes) {
    this(settings, first, Optional.of(TestCrypto.of("secret of this device")), recentBytes);
  }

  /** A stream that begins with this, or with nothing, to protect its keys. */
  static Bench withCrypto(StreamSettings settings, Optional<CryptoService> first) {
    return new Bench(settings, Optional.of(new Open()), first, StreamStore.RECENT_BYTES);
  }

  private Bench(
      StreamSettings settings,
      Optional<DataPolicy> first,
      Optional<CryptoService> firstCrypto,
      int recentBytes) {
    policy.set(first);
    crypto.set(firstCrypto);
    stream =
        new DurableStream(
            settings,
            () -> 77,
            new DurableStream.Services() {
              @Override
              public Optional<DataPolicy> policy() {
                return Objects.requireNonNull(policy.get());
              }

              @Override
              public Optional<CryptoService> crypto() {
                return Objects.requireNonNull(crypto.get());
              }
            },
            recentBytes);
    stream.start();
  }

  static StreamSettings settings(String directory) {
    return settings(directory, 64L << 20, WhenFull.DROP_OLDEST, 64);
  }

  static StreamSettings settings(String directory, boolean encrypted) {
    return settings(directory, 64L << 20, WhenFull.DROP_OLDEST, 64, encrypted);
  }

  static StreamSettings settings(String directory, Duration latency) {
    return settings(directory, 64L << 20, WhenFull.DROP_OLDEST, 64, latency, false);
  }

  static StreamSettings settings(
      String directory, long maxBytes, WhenFull whenFull, int maxSamples) {
    return settings(directory, maxBytes, whenFull, maxSamples, false);
  }

  private static StreamSettings settings(
      String directory, long maxBytes, WhenFull whenFull, int maxSamples, boolean encrypted) {
    return settings(directory, maxBytes, whenFull, maxSamples, Duration.ZERO, encrypted);
  }

  private static StreamSettings settings(
      String directory,
      long maxBytes,
      WhenFull whenFull,
      int maxSamples,
      Duration latency,
      boolean encrypted) {
    return new StreamSettings(
        "telemetry",
        "gw-1",
        directory,
        maxSamples,
        16,
        latency,
        SEGMENT,
        maxBytes,
        whenFull,
        Duration.ZERO,
        0,
        Sending.DEFAULT,
        encrypted);
  }

  /** The CryptoService comes, goes or changes. */
  void crypto(Optional<CryptoService> present) {
    crypto.set(present);
    stream.resume();
  }

  void policy(DataPolicy present) {
    policy.set(Optional.of(present));
    stream.policyChanged(present.erasedEpochs());
  }

  /** A sample that says which one it is and takes about {@code bytes}. */
  static Sample sample(long number, int bytes) {
    Reading value = Measured.good("n", TypedValues.newLongValue(number), "", 1000);
    Reading filler = Measured.good("f", TypedValues.newByteArrayValue(new byte[bytes]), "", 1000);
    return new Sample("pump", 1000, ClockQuality.UNKNOWN, List.of(value, filler));
  }

  /** A block of samples that are numbered like it. */
  static Block block(long firstSeq, int count) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      samples.add(sample(firstSeq + i, 200));
    }
    BlockId id = new BlockId("gw-1", "telemetry", 77, firstSeq, count);
    return new Block(id, "1", samples, Optional.empty());
  }

  static Frame frame(Block block) {
    return Frame.block(block.id().firstSeq(), block.id().count(), new BlockWriter().write(block));
  }

  /** Which one a sample is. */
  static long number(Sample sample) {
    return (Long) ((Measured) sample.readings().get(0)).value().getValue();
  }

  CompletableFuture<Long> append(long number) {
    return append(sample(number, 200));
  }

  CompletableFuture<Long> append(Sample sample) {
    Answer answer = new Answer();
    stream.append(sample, answer);
    return answer.seq;
  }

  /** Appends samples and waits until all are accepted. */
  void appendAll(long from, long to) {
    List<CompletableFuture<Long>> all = new ArrayList<>();
    for (long i = from; i <= to; i++) {
      all.add(append(i));
    }
    all.forEach(future -> future.orTimeout(20, TimeUnit.SECONDS).join());
  }

  /** Takes all there is at present. */
  static List<Parcel> drain(Outlet outlet) {
    List<Parcel> all = new ArrayList<>();
    List<Parcel> some = outlet.poll(16);
    while (!some.isEmpty()) {
      all.addAll(some);
      some = outlet.poll(16);
    }
    return all;
  }

  /** Takes and acknowledges until nothing is buffered any more; each time something has to come. */
  void deliverAll(Outlet outlet, Consumer<Parcel> receiver) {
    while (stream.ledger().buffered() > 0) {
      List<Parcel> some = new ArrayList<>();
      Awaitility.await()
          .atMost(30, TimeUnit.SECONDS)
          .pollInterval(2, TimeUnit.MILLISECONDS)
          .until(() -> some.addAll(drain(outlet)) || stream.ledger().buffered() == 0);
      for (Parcel parcel : some) {
        receiver.accept(parcel);
        outlet.acknowledge(parcel);
      }
    }
  }

  /** The samples in the parcels as sequence number and number. */
  static List<String> samples(List<Parcel> parcels) {
    List<String> all = new ArrayList<>();
    for (Parcel parcel : parcels) {
      if (parcel instanceof Parcel.Samples samples) {
        Block block = samples.block();
        for (int i = 0; i < block.open().size(); i++) {
          all.add(block.id().firstSeq() + i + ":" + number(block.open().get(i)));
        }
      }
    }
    return all;
  }

  /** What {@link #samples} gives for numbers that are equal to their sequence numbers. */
  static List<String> numbered(long from, long to) {
    List<String> all = new ArrayList<>();
    for (long i = from; i <= to; i++) {
      all.add(i + ":" + i);
    }
    return all;
  }

  @Override
  public void close() {
    stream.close();
  }

  static final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Refused(Refusal refusal) {
      super(refusal.cause() + ": " + refusal.message());
    }
  }

  private static final class Answer implements AppendCallback {

    final CompletableFuture<Long> seq = new CompletableFuture<>();

    @Override
    public void accepted(long number) {
      seq.complete(number);
    }

    @Override
    public void refused(Refusal why) {
      seq.completeExceptionally(new Refused(why));
    }
  }

  /** Seals nothing. */
  static class Open implements DataPolicy {

    @Override
    public Sealing seal(BlockId id, List<Sample> samples) {
      return new Sealing(new Block(id, "1", samples, Optional.empty()), Optional.empty());
    }

    @Override
    public Treatment treatment(String asset, String channel) {
      return Treatment.PLAIN;
    }

    @Override
    public Optional<Resealed> reseal(List<Block> blocks, Function<List<Block>, byte[]> form) {
      return Optional.empty();
    }

    @Override
    public Set<String> erasedEpochs() {
      return Set.of();
    }

    @Override
    public PolicyIdentity identity() {
      return new PolicyIdentity("1", "");
    }
  }

  /** Puts something sealed into each block. */
  static final class Sealed extends Open {

    volatile String epoch = "e1";
    volatile Set<String> erased = Set.of();

    @Override
    public Set<String> erasedEpochs() {
      return erased;
    }

    @Override
    public Sealing seal(BlockId id, List<Sample> samples) {
      ByteBuffer bytes = ByteBuffer.wrap("sealed".getBytes(StandardCharsets.UTF_8));
      Block block = new Block(id, "1", samples, Optional.of(new SealedBlock(epoch, bytes)));
      return new Sealing(
          block,
          Optional.of(
              new KeyEnvelope(
                  epoch, ByteBuffer.wrap(("key of " + epoch).getBytes(StandardCharsets.UTF_8)))));
    }
  }
}
