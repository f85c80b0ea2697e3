// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Hands an order to the running gateway and waits until the slot has followed it. Orders go the way
 * of models, so whoever may bring a model may say which of them serves.
 */
final class ModelOrder {

  private static final long LOOK_MILLIS = 200;

  private final Installation gateway;
  private final String slot;
  private final boolean json;
  private final long end;

  ModelOrder(Installation gateway, String slot, OrderOptions options) {
    this.gateway = gateway;
    this.slot = slot;
    this.json = options.json();
    this.end = System.nanoTime() + TimeUnit.SECONDS.toNanos(options.waitSeconds());
  }

  /**
   * Gives the order.
   *
   * @param line the order, as in docs/operations.md
   * @param followed whether the slot is where it should be
   */
  int give(String line, Predicate<ModelSlots.Slot> followed) throws InterruptedException {
    try {
      JsonObject status = GatewayStatus.read(gateway);
      if (ModelSlots.find(status, slot).isEmpty()) {
        System.err.println("kete: there is no slot " + slot + "; see kete model list");
        return ExitCode.FAILED;
      }
      return await(hand(line), followed);
    } catch (GatewayStatus.NoStatusException e) {
      System.err.println(e.getMessage());
      return e.code();
    } catch (IOException e) {
      System.err.println("kete: the order cannot be handed over: " + e.getMessage());
      return ExitCode.FAILED;
    }
  }

  private Path hand(String line) throws IOException {
    Path folder = Files.createDirectories(gateway.data().resolve("dropin/models"));
    String name = slot + "-" + ProcessHandle.current().pid() + ".order";
    Files.deleteIfExists(reason(folder.resolve(name)));
    Path unfinished = Files.writeString(folder.resolve(name + ".part"), line + "\n");
    return Files.move(unfinished, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private Path reason(Path order) {
    return gateway.data().resolve("dropin/rejected").resolve(order.getFileName() + ".reason");
  }

  private int await(Path order, Predicate<ModelSlots.Slot> followed)
      throws IOException, InterruptedException, GatewayStatus.NoStatusException {
    ProcessHandle process = gateway.process().orElse(ProcessHandle.current());
    do {
      boolean taken = !Files.exists(order);
      if (taken && Files.exists(reason(order))) {
        System.err.println("refused: " + Files.readString(reason(order)).strip());
        Files.deleteIfExists(reason(order));
        return ExitCode.FAILED;
      }
      JsonObject status = GatewayStatus.read(gateway);
      Optional<ModelSlots.Slot> now = ModelSlots.find(status, slot);
      if (taken && now.filter(followed).isPresent()) {
        System.out.print(json ? now.get().json() + "\n" : ModelShowCommand.text(status, now.get()));
        return ExitCode.OK;
      }
      pause(process);
    } while (System.nanoTime() < end);
    boolean untouched = Files.deleteIfExists(order);
    System.err.println(
        untouched
            ? "kete: the gateway did not take the order; see kete status"
            : "kete: slot " + slot + " has not followed yet; see kete model show " + slot);
    return ExitCode.FAILED;
  }

  private static void pause(ProcessHandle process) throws InterruptedException {
    try {
      process.onExit().get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException | IllegalStateException e) {
      // the next look tells whether it still runs
      return;
    }
  }
}
