// SPDX-License-Identifier: EPL-2.0
package io.kete.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

  /** System property that asks for another start of the framework after it has stopped. */
  private static final String START_AGAIN = "kete.start.again";

  /** Longer than a verdict may take. */
  private static final long TRIAL_LIMIT_MILLIS = 300_000;

  /** System property that says why the gateway must not run; set by who stops the framework. */
  static final String REFUSED = "kete.refused";

  /** The gateway that is started or runs; none comes after the process was told to end. */
  private static final class Current {

    private @Nullable Gateway gateway;
    private boolean ended;

    synchronized boolean is(Gateway next) {
      gateway = next;
      return !ended;
    }

    synchronized @Nullable Gateway last() {
      ended = true;
      return gateway;
    }
  }

  private Launcher() {}

  /** Runs the gateway until it is stopped. */
  public static void main(String... args) {
    Logs.prepare();
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
    PrintStream screen = System.out;
    try (DataDirectory data = DataDirectory.lock(options.data());
        Logs logs = Logs.start(options.home().resolve(Logs.LEVELS), data.log(), screen)) {
      PrintStream console = logs.console();
      sayStarting(console);
      StartList bundles = StartList.read(options.home());
      Current current = new Current();
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> stop(current, released), "launcher-stop"));
      stopWithStandardInput();
      try (Watchdog watchdog = Watchdog.of(options.data(), System.getenv())) {
        while (runOnce(options, bundles, current, console, watchdog)) {
          console.println("gateway_starting_again: a package asks for it");
        }
      }
      return outcome();
    } catch (BundleException | LaunchException | IOException e) {
      System.err.println("kete: " + e.getMessage());
      return FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    } finally {
      released.countDown();
    }
  }

  /** A bundle that finds the gateway unsafe to run stops the framework and says why. */
  static int outcome() {
    String refused = System.getProperty(REFUSED, "");
    if (!refused.isEmpty()) {
      System.err.println("kete: the gateway does not run: " + refused);
    }
    return refused.isEmpty() ? 0 : FAILED;
  }

  /** Runs until the framework stops; true when it is to start anew. */
  private static boolean runOnce(
      LaunchOptions options,
      StartList bundles,
      Current current,
      PrintStream console,
      Watchdog watchdog)
      throws LaunchException, BundleException, InterruptedException {
    System.clearProperty(START_AGAIN);
    // a package is upgraded without touching those of its bundles that stay the same
    System.setProperty("org.apache.felix.deploymentadmin.stopunaffectedbundle", "false");
    Packages packages = Packages.read(options);
    Gateway gateway = new Gateway(options, bundles, packages);
    if (!current.is(gateway)) {
      return false;
    }
    if (gateway.start()) {
      sayStarted(bundles, console);
      watchdog.ready();
    }
    boolean stopped = gateway.waitForStop(packages.trial().isEmpty() ? 0 : TRIAL_LIMIT_MILLIS);
    if (!stopped && packages.isUndecided()) {
      System.err.println("kete: no verdict on the package on trial; going back to the former one");
      gateway.stop();
      gateway.waitForStop(0);
      return true;
    }
    if (!stopped) {
      gateway.waitForStop(0);
    }
    return Boolean.getBoolean(START_AGAIN);
  }

  private static void sayStarting(PrintStream console) {
    console.println(
        "gateway_starting pid="
            + ProcessHandle.current().pid()
            + " java="
            + Runtime.version()
            + " options="
            + ManagementFactory.getRuntimeMXBean().getInputArguments());
  }

  private static void sayStarted(StartList bundles, PrintStream console) {
    long millis = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    console.println("gateway_started bundles=" + bundles.entries().size() + " ms=" + millis);
  }

  private static void stop(Current current, CountDownLatch released) {
    System.clearProperty(START_AGAIN);
    try {
      Gateway gateway = current.last();
      if (gateway != null) {
        gateway.stop();
      }
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
