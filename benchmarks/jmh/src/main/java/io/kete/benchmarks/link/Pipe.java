// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** One direction of a connection: packets leave when the link has carried them, in order. */
final class Pipe {

  private static final int PACKET = 512;
  private static final int ROOM = 64;
  private static final long RESEND_MILLIS = 200;

  private record Packet(byte[] bytes, long due) implements Delayed {

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(due, ((Packet) other).due);
    }
  }

  private final BadLink link;
  private final Socket from;
  private final Socket to;
  private final Random random;
  private final DelayQueue<Packet> flying = new DelayQueue<>();
  private final Semaphore room = new Semaphore(ROOM);
  private long free = System.nanoTime();
  private long last = free;

  Pipe(BadLink link, Socket from, Socket to, Random random) {
    this.link = link;
    this.from = from;
    this.to = to;
    this.random = random;
  }

  void start() {
    BadLink.start("link-read", this::read);
    BadLink.start("link-write", this::write);
  }

  private void read() {
    try (InputStream in = from.getInputStream()) {
      byte[] buffer = new byte[PACKET];
      int length = in.read(buffer);
      while (length >= 0) {
        room.acquire();
        flying.add(packet(Arrays.copyOf(buffer, length)));
        length = in.read(buffer);
      }
      flying.add(packet(new byte[0]));
    } catch (IOException e) {
      link.ended(from, to);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Packet packet(byte[] bytes) {
    BadLink.Quality quality = link.quality();
    long now = System.nanoTime();
    free = Math.max(free, now) + (long) (bytes.length * 1e9 / quality.bytesPerSecond());
    long late = quality.delayMillis();
    int tries = 1;
    while (random.nextInt(100) < quality.lossPercent()) {
      late += RESEND_MILLIS * tries;
      tries *= 2;
    }
    // one that is late keeps those behind it waiting, as TCP does; no two have the same time
    last = Math.max(last + 1, free + TimeUnit.MILLISECONDS.toNanos(late));
    return new Packet(bytes, last);
  }

  private void write() {
    try (OutputStream out = to.getOutputStream()) {
      Packet packet = flying.take();
      while (packet.bytes().length > 0) {
        link.pass();
        out.write(packet.bytes());
        room.release();
        packet = flying.take();
      }
    } catch (IOException e) {
      room.release(ROOM);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      link.ended(from, to);
    }
  }
}
