// SPDX-License-Identifier: EPL-2.0
package io.kete.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchdogTest {

  @TempDir Path data;

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  @BeforeEach
  void directory() throws IOException {
    Files.createDirectories(data.resolve("run"));
  }

  private void page(int port) throws IOException {
    Files.writeString(data.resolve("run/status.port"), port + "\n");
  }

  @Test
  void saysNothingWithoutSystemd() {
    try (Watchdog watchdog = Watchdog.of(data, Map.of())) {
      watchdog.ready();
    }
    assertThat(told).isEmpty();
  }

  @Test
  void beatsAsLongAsTheStatusPageAnswersWhateverItSays() throws Exception {
    try (ServerSocket page = new ServerSocket(0, 4, InetAddress.getLoopbackAddress())) {
      page(page.getLocalPort());
      Watchdog watchdog = new Watchdog(data, told::add, 5);
      watchdog.ready();
      assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("READY=1");
      for (int i = 0; i < 3; i++) {
        try (Socket asked = page.accept()) {
          asked
              .getOutputStream()
              .write("HTTP/1.1 503 unwell\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("WATCHDOG=1");
      }
      watchdog.close();
      assertThat(told).contains("STOPPING=1");
    }
  }

  @Test
  void isSilentWhenThePageDoesNotAnswer() throws Exception {
    try (ServerSocket page = new ServerSocket(0, 4, InetAddress.getLoopbackAddress())) {
      page(page.getLocalPort());
      Watchdog watchdog = new Watchdog(data, told::add, 0);
      Thread hangsUp =
          new Thread(
              () -> {
                try {
                  page.accept().close();
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      hangsUp.start();
      assertThat(watchdog.isAlive()).isFalse();
      hangsUp.join();
    }
    assertThat(new Watchdog(data, told::add, 0).isAlive()).isFalse();
  }

  @Test
  void aGatewayWithoutAStatusPageCountsAsAlive() {
    assertThat(new Watchdog(data, told::add, 0).isAlive()).isTrue();
  }
}
