// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import com.eclipsesource.json.ParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Whether a gateway that was just started is as well as the one before it: it answers, and says so
 * twice in a row, without a problem in an area that had none. A broker that was away before is no
 * fault of a new version.
 */
final class Health {

  private static final long LOOK_MILLIS = 1_000;
  private static final int GOOD_LOOKS = 3;

  private final Installation gateway;
  private final Set<String> knownAreas;

  Health(Installation gateway, Set<String> knownAreas) {
    this.gateway = gateway;
    this.knownAreas = knownAreas;
  }

  /** The areas that have problems in an answer that was kept; none without a file. */
  static Set<String> areas(@Nullable Path file) throws IOException {
    Set<String> areas = new TreeSet<>();
    if (file != null) {
      try {
        problems(Json.parse(Files.readString(file)).asObject())
            .forEach(problem -> areas.add(area(problem)));
      } catch (ParseException | UnsupportedOperationException e) {
        throw new IOException(file + " is no answer of kete status --json", e);
      }
    }
    return areas;
  }

  /** What keeps it from being healthy when the time is over; empty as soon as it is healthy. */
  List<String> await(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    int good = 0;
    List<String> last;
    do {
      last = look();
      good = last.isEmpty() ? good + 1 : 0;
      if (good == GOOD_LOOKS) {
        return last;
      }
    } while (!hasEnded() && System.nanoTime() < end);
    return last.isEmpty() ? List.of("it did not stay healthy") : last;
  }

  private List<String> look() throws InterruptedException {
    Optional<Integer> port = gateway.statusPort();
    if (gateway.process().isEmpty() || port.isEmpty()) {
      return List.of("it does not run, or its status page is off");
    }
    try {
      return news(Json.parse(new StatusClient().json(port.get())).asObject());
    } catch (IOException | ParseException | UnsupportedOperationException e) {
      return List.of("its status page gives no answer");
    }
  }

  List<String> news(JsonObject status) {
    return problems(status).stream()
        .filter(problem -> !knownAreas.contains(area(problem)))
        .toList();
  }

  /** Waits for the next look; true when there is nothing to look at any more. */
  private boolean hasEnded() throws InterruptedException {
    Optional<ProcessHandle> process = gateway.process();
    if (process.isEmpty()) {
      return true;
    }
    try {
      process.get().onExit().get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException stillThere) {
      return false;
    } catch (ExecutionException e) {
      return true;
    }
  }

  private static List<String> problems(JsonObject status) {
    List<String> texts = new ArrayList<>();
    JsonValue problems = status.get("problems");
    if (problems != null && problems.isArray()) {
      problems.asArray().forEach(problem -> texts.add(problem.asString()));
    }
    return texts;
  }

  private static String area(String problem) {
    int colon = problem.indexOf(':');
    return colon < 0 ? problem : problem.substring(0, colon);
  }
}
