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
  private final Answer answer;
  private final long end;

  ModelOrder(Installation gateway, String slot, OrderOptions options) {
    this.gateway = gateway;
    this.slot = slot;
    this.answer = options.answer();
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
        return answer.failed(ExitCode.FAILED, "there is no slot " + slot + "; see kete model list");
      }
      return await(hand(line), followed);
    } catch (GatewayStatus.NoStatusException e) {
      return answer.failed(e.code(), e.reason());
    } catch (IOException e) {
      return answer.failed(ExitCode.FAILED, "the order cannot be handed over: " + e.getMessage());
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
        String why = Files.readString(reason(order)).strip();
        Files.deleteIfExists(reason(order));
        return answer.failed(ExitCode.FAILED, "refused: " + why);
      }
      JsonObject status = GatewayStatus.read(gateway);
      Optional<ModelSlots.Slot> now = ModelSlots.find(status, slot);
      if (taken && now.filter(followed).isPresent()) {
        answer.give(now.get().json(), ModelShowCommand.text(status, now.get()).stripTrailing());
        return ExitCode.OK;
      }
      pause(process);
    } while (System.nanoTime() < end);
    boolean untouched = Files.deleteIfExists(order);
    return answer.failed(
        ExitCode.FAILED,
        untouched
            ? "the gateway did not take the order; see kete status"
            : "slot " + slot + " has not followed yet; see kete model show " + slot);
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
