// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.driver.Driver.ConnectionException;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ModbusLinkTest {

  private static final ScriptedPeer.Script HONEST =
      (request, out) -> {
        out.write(ScriptedPeer.reply(request, 77));
        return true;
      };

  private final ChannelRecord record = Channels.holding(4);

  @Test
  void saysThatASilentDeviceDoesNotAnswer() throws IOException {
    try (ScriptedPeer peer = new ScriptedPeer((request, out) -> true)) {
      ModbusDriver driver = Channels.eager(Channels.settings(peer.port(), 60));
      lost(driver, "no complete answer within 60 ms");
      assertThat(Channels.reason(record)).contains("no complete answer");
      peer.script(HONEST);
      found(driver);
    }
  }

  @Test
  void endsAtTheDeadlineThoughTheDeviceSendsAByteNowAndThen() throws IOException {
    try (ScriptedPeer peer = new ScriptedPeer(ModbusLinkTest::trickle)) {
      ModbusDriver driver = Channels.eager(Channels.settings(peer.port(), 100));
      long start = System.nanoTime();
      lost(driver, "no complete answer");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }
  }

  private static boolean trickle(byte[] request, java.io.OutputStream out) throws IOException {
    byte[] header = {request[0], request[1], 0, 0, 0, (byte) 200};
    out.write(header);
    CountDownLatch never = new CountDownLatch(1);
    try {
      for (int i = 0; i < 190; i++) {
        out.write(0);
        if (never.await(30, TimeUnit.MILLISECONDS)) {
          return false;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return true;
  }

  @Test
  void refusesRepliesThatBelongToAnotherRequest() throws IOException {
    // positions of the transaction id, the protocol id and the unit in a frame
    for (int position : new int[] {1, 3, 6}) {
      ScriptedPeer.Script wrong =
          (request, out) -> {
            byte[] reply = ScriptedPeer.reply(request, 1);
            reply[position]++;
            out.write(reply);
            return true;
          };
      try (ScriptedPeer peer = new ScriptedPeer(wrong)) {
        ModbusDriver driver = Channels.eager(Channels.settings(peer.port(), 500));
        lost(driver, "belongs to another request");
        peer.script(HONEST);
        found(driver);
      }
    }
  }

  @Test
  void refusesRepliesOfAnotherLengthThanAskedFor() throws IOException {
    ScriptedPeer.Script longer =
        (request, out) -> {
          request[11] = 2;
          out.write(ScriptedPeer.reply(request, 1));
          return true;
        };
    try (ScriptedPeer peer = new ScriptedPeer(longer)) {
      lost(Channels.eager(Channels.settings(peer.port())), "wrong length");
    }
  }

  @Test
  void refusesATruncatedReply() throws IOException {
    ScriptedPeer.Script cut =
        (request, out) -> {
          out.write(ScriptedPeer.reply(request, 1), 0, 10);
          return false;
        };
    try (ScriptedPeer peer = new ScriptedPeer(cut)) {
      lost(Channels.eager(Channels.settings(peer.port())), "invalid or truncated reply");
    }
  }

  @Test
  void namesTheExceptionOfTheDevice() throws Exception {
    ScriptedPeer.Script busy =
        (request, out) -> {
          byte[] refusal = Arrays.copyOf(request, 9);
          refusal[5] = 3;
          refusal[7] |= (byte) 0x80;
          refusal[8] = 6;
          out.write(refusal);
          return true;
        };
    try (ScriptedPeer peer = new ScriptedPeer(busy)) {
      Channels.eager(Channels.settings(peer.port())).read(List.of(record));
      assertThat(Channels.reason(record)).isEqualTo("server device busy (6)");
    }
  }

  @Test
  void readsOverAnIdleConnectionThatTheDeviceClosed() throws Exception {
    ScriptedPeer.Script once =
        (request, out) -> {
          out.write(ScriptedPeer.reply(request, 77));
          return false;
        };
    try (ScriptedPeer peer = new ScriptedPeer(once)) {
      ModbusDriver driver = Channels.eager(Channels.settings(peer.port()));
      found(driver);
      found(driver);
      assertThat(peer.connections()).isEqualTo(2);
    }
  }

  @Test
  void neverWritesTwice() throws Exception {
    ScriptedPeer.Script once =
        (request, out) -> {
          out.write(ScriptedPeer.reply(request, 77));
          return false;
        };
    try (ScriptedPeer peer = new ScriptedPeer(once)) {
      ModbusDriver driver = Channels.eager(Channels.settings(peer.port()));
      found(driver);
      ChannelRecord write =
          Channels.write(
              "w", TypedValues.newIntegerValue(1), "table", "HOLDING_REGISTER", "address", 1);
      assertThatThrownBy(() -> driver.write(List.of(write)))
          .isInstanceOf(ConnectionException.class);
      assertThat(Channels.succeeded(write)).isFalse();
      assertThat(peer.connections()).isEqualTo(1);
    }
  }

  @Test
  void doesNotKnockAgainBeforeTheBackoffHasPassed() throws IOException {
    long[] clock = {0};
    try (ScriptedPeer peer = new ScriptedPeer((request, out) -> false)) {
      ModbusDriver driver =
          new ModbusDriver(
              Channels.settings(peer.port()), new Backoff(1000, 8000, () -> clock[0], () -> 0));
      lost(driver, "closed the connection");
      for (int i = 0; i < 50; i++) {
        lost(driver, "is lost: the device closed the connection; next try in 1000 ms");
      }
      assertThat(peer.connections()).isEqualTo(1);
      clock[0] = TimeUnit.MILLISECONDS.toNanos(1000);
      lost(driver, "closed the connection");
      assertThat(peer.connections()).isEqualTo(2);
    }
  }

  @Test
  void logsOnceForEachChangeOfState() throws IOException {
    try (LogLines log = new LogLines(ModbusLink.class);
        ScriptedPeer peer = new ScriptedPeer((request, out) -> false)) {
      ModbusDriver driver = Channels.eager(Channels.settings(peer.port()));
      String device = "pid=test device=127.0.0.1:" + peer.port();
      lost(driver, "closed the connection");
      lost(driver, "closed the connection");
      peer.script(HONEST);
      found(driver);
      found(driver);
      peer.script((request, out) -> false);
      lost(driver, "closed the connection");
      String lostLine =
          "WARNING device_lost " + device + " reason=\"the device closed the connection\"";
      assertThat(log.lines()).containsExactly(lostLine, "INFO device_found " + device, lostLine);
    }
  }

  @Test
  void freesAWaitingReaderWhenItStops() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    ScriptedPeer.Script silent =
        (request, out) -> {
          asked.countDown();
          return true;
        };
    try (ScriptedPeer peer = new ScriptedPeer(silent)) {
      ModbusDriver driver = Channels.eager(Channels.settings(peer.port(), 20_000));
      CompletableFuture<Void> reading =
          CompletableFuture.runAsync(() -> lost(driver, "driver test is stopped"));
      assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();
      driver.stop();
      reading.get(5, TimeUnit.SECONDS);
      lost(driver, "driver test is stopped");
    }
  }

  @Test
  void survivesTenThousandRandomReplies() throws IOException {
    SplittableRandom random = new SplittableRandom(42);
    ScriptedPeer.Script garbage =
        (request, out) -> {
          out.write(mutate(ScriptedPeer.reply(request, 77), random));
          return false;
        };
    try (LogLines log = new LogLines(ModbusLink.class);
        ScriptedPeer peer = new ScriptedPeer(garbage)) {
      ModbusDriver driver = Channels.eager(Channels.settings(peer.port(), 5000));
      int accepted = 0;
      for (int i = 0; i < 10_000; i++) {
        accepted += survives(driver) ? 1 : 0;
        driver.disconnect();
      }
      assertThat(peer.requests()).isEqualTo(10_000);
      assertThat(accepted).isLessThan(3000);
      assertThat(log.lines()).allMatch(line -> line.contains(" device_"));
      peer.script(HONEST);
      found(driver);
    }
  }

  private boolean survives(ModbusDriver driver) {
    try {
      driver.read(List.of(record));
      return true;
    } catch (ConnectionException e) {
      return false;
    }
  }

  private static byte[] mutate(byte[] frame, SplittableRandom random) {
    switch (random.nextInt(3)) {
      case 0 -> {
        byte[] noise = new byte[random.nextInt(300)];
        random.nextBytes(noise);
        return noise;
      }
      case 1 -> {
        return Arrays.copyOf(frame, random.nextInt(frame.length));
      }
      default -> {
        int flips = 1 + random.nextInt(3);
        for (int i = 0; i < flips; i++) {
          frame[random.nextInt(frame.length)] = (byte) random.nextInt();
        }
        return frame;
      }
    }
  }

  private void found(ModbusDriver driver) {
    try {
      driver.read(List.of(record));
    } catch (ConnectionException e) {
      throw new AssertionError(e);
    }
    assertThat(Channels.value(record)).isEqualTo(77);
    assertThat(Channels.succeeded(record)).isTrue();
  }

  private void lost(ModbusDriver driver, String reason) {
    assertThatThrownBy(() -> driver.read(List.of(record)))
        .isInstanceOf(ConnectionException.class)
        .hasMessageContaining(reason);
    assertThat(Channels.succeeded(record)).isFalse();
  }
}
