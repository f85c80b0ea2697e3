// SPDX-License-Identifier: EPL-2.0
package io.kete.launcher;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleException;

/**
 * Main class of the gateway's process.
 *
 * <p>Exit codes: 0 stopped in order, 1 could not start, 2 wrong options. With {@code
 * KETE_EXIT_WITH_STDIN=1} in the environment the gateway also stops when its standard input is
 * closed, so that it never outlives the program that started it.
 */
public final class Launcher {

  private static final int FAILED = 1;
  private static final int WRONG_OPTIONS = 2;
  private static final int STOP_LIMIT_SECONDS = 15;

  private Launcher() {}

  /** Runs the gateway until it is stopped. */
  public static void main(String... args) {
    System.exit(run(args));
  }

  private static int run(String... args) {
    LaunchOptions options;
    try {
      options = LaunchOptions.parse(args);
    } catch (LaunchException e) {
      System.err.println("kete: " + e.getMessage());
      return WRONG_OPTIONS;
    }
    CountDownLatch released = new CountDownLatch(1);
    try (DataDirectory data = DataDirectory.lock(options.data())) {
      System.setProperty("kete.log", data.log().toString());
      System.out.println(
          "gateway_starting pid="
              + ProcessHandle.current().pid()
              + " java="
              + Runtime.version()
              + " options="
              + ManagementFactory.getRuntimeMXBean().getInputArguments());
      StartList bundles = StartList.read(options.home());
      Gateway gateway = Gateway.start(options, bundles);
      sayStarted(bundles);
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> stop(gateway, released), "launcher-stop"));
      stopWithStandardInput();
      gateway.waitForStop();
      return 0;
    } catch (LaunchException | IOException e) {
      System.err.println("kete: " + e.getMessage());
      return FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    } finally {
      released.countDown();
    }
  }

  private static void sayStarted(StartList bundles) {
    long millis = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    System.out.println("gateway_started bundles=" + bundles.entries().size() + " ms=" + millis);
  }

  private static void stop(Gateway gateway, CountDownLatch released) {
    try {
      gateway.stop();
      if (!released.await(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("kete: not stopped after " + STOP_LIMIT_SECONDS + " s, leaving anyway");
      }
    } catch (BundleException e) {
      System.err.println("kete: could not stop in order: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void stopWithStandardInput() {
    if (!"1".equals(System.getenv("KETE_EXIT_WITH_STDIN"))) {
      return;
    }
    Thread watcher =
        new Thread(
            () -> {
              waitForEndOfInput();
              System.exit(0);
            },
            "launcher-stdin");
    watcher.setDaemon(true);
    watcher.start();
  }

  private static void waitForEndOfInput() {
    try {
      while (System.in.read() >= 0) {
        // what is typed means nothing
      }
    } catch (IOException e) {
      System.err.println("kete: standard input is gone: " + e.getMessage());
    }
  }
}
