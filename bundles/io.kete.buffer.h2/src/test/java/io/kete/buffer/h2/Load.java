// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import io.kete.buffer.api.AppendCallback;
import io.kete.buffer.api.Lane;
import io.kete.buffer.api.Outlet;
import io.kete.buffer.api.Parcel;
import io.kete.buffer.api.Refusal;
import io.kete.data.api.BlockId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A producer and a consumer of a stream, each on its own thread, until they are stopped. The
 * producer gives sample number n the number n; the consumer holds some parcels back before it
 * acknowledges them and now and then takes its link for lost.
 */
final class Load implements AutoCloseable {

  private static final int IN_FLIGHT = 2048;

  /** Told what happens, before the stream goes on. */
  interface Witness {
    void accepted(long seq, long number);

    /** About to be acknowledged. */
    void delivered(BlockId block, long firstNumber);
  }

  private final DurableStream stream;
  private final Witness witness;
  private final long firstNumber;
  private final int pauseMicros;
  private final Semaphore room = new Semaphore(IN_FLIGHT);
  private final AtomicLong refused = new AtomicLong();
  private final Thread producer = new Thread(this::produce, "load-producer");
  private final Thread consumer = new Thread(this::consume, "load-consumer");
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile boolean stopped;

  /**
   * A load that begins at once.
   *
   * @param pauseMicros how long the producer waits on average between two small bursts
   */
  Load(DurableStream stream, long firstNumber, int pauseMicros, Witness witness) {
    this.stream = stream;
    this.witness = witness;
    this.firstNumber = firstNumber;
    this.pauseMicros = pauseMicros;
    producer.setDaemon(true);
    consumer.setDaemon(true);
    producer.start();
    consumer.start();
  }

  long refused() {
    return refused.get();
  }

  private void produce() {
    Random random = new Random(firstNumber);
    long number = firstNumber;
    try {
      boolean ended = false;
      while (!stopped && !ended) {
        int burst = 1 + random.nextInt(100);
        for (int i = 0; i < burst && !stopped; i++) {
          long mine = number++;
          room.acquire();
          stream.append(Bench.sample(mine, 100 + random.nextInt(200)), answer(mine));
        }
        if (pauseMicros > 0) {
          ended = end.await(random.nextInt(2 * pauseMicros), TimeUnit.MICROSECONDS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private AppendCallback answer(long number) {
    return new AppendCallback() {
      @Override
      public void accepted(long seq) {
        witness.accepted(seq, number);
        room.release();
      }

      @Override
      public void refused(Refusal why) {
        refused.incrementAndGet();
        room.release();
      }
    };
  }

  private void consume() {
    Random random = new Random(~firstNumber);
    Deque<Parcel> held = new ArrayDeque<>();
    Semaphore news = new Semaphore(0);
    try (Outlet outlet = stream.open(news::release)) {
      while (!stopped) {
        held.addAll(outlet.poll(Lane.LIVE, 1 + random.nextInt(16)));
        held.addAll(outlet.poll(Lane.BACKLOG, 1 + random.nextInt(16)));
        while (held.size() > random.nextInt(32)) {
          acknowledge(outlet, held.remove());
        }
        if (random.nextInt(200) == 0) {
          held.clear();
          outlet.rewind();
        }
        if (news.tryAcquire(1, TimeUnit.MILLISECONDS)) {
          news.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void acknowledge(Outlet outlet, Parcel parcel) {
    if (parcel instanceof Parcel.Samples samples) {
      witness.delivered(samples.block().id(), Bench.number(samples.block().open().get(0)));
    }
    outlet.acknowledge(parcel);
  }

  /** Lets it run for a time. */
  void await(Duration time) throws InterruptedException {
    producer.join(time.toMillis());
  }

  /** Stops both threads; the stream is left as it is. */
  @Override
  public void close() {
    stopped = true;
    end.countDown();
    producer.interrupt();
    consumer.interrupt();
    try {
      producer.join(5_000);
      consumer.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
