// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.repository;

import io.kete.container.deploy.install.DurableFiles;
import io.kete.container.deploy.install.PackageStore;
import io.kete.container.deploy.install.SetInstaller;
import io.kete.container.deploy.install.SetStep;
import io.kete.container.deploy.pack.RefusedException;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Orders as files in one folder, whoever gives them: {@code ID.order} is taken, {@code ID.progress}
 * grows, {@code ID.outcome} ends it. {@code ID.running} says what changes the gateway, so that an
 * order is ended after a kill too.
 */
public final class Orders {

  private static final Logger logger = LoggerFactory.getLogger(Orders.class);
  private static final Pattern FILE = Pattern.compile("([A-Za-z0-9-]{1,64})\\.order");
  private static final long MAX_BYTES = 1 << 16;
  private static final int KEPT = 32;

  private final Path folder;
  private final Updates updates;
  private final SetInstaller sets;
  private final PackageStore store;

  /** Those of a folder, which is made if absent. */
  public Orders(Path folder, Updates updates, SetInstaller sets, PackageStore store)
      throws IOException {
    this.folder = Files.createDirectories(folder);
    this.updates = updates;
    this.sets = sets;
    this.store = store;
  }

  private Path file(String id, String ending) {
    return folder.resolve(id + "." + ending);
  }

  /**
   * Gives an order that came over the network; any thread.
   *
   * @return its id
   */
  public String give(String what, String packages, String repository)
      throws RefusedException, IOException {
    Order order = Order.of(what, packages, repository);
    if (order.repository().startsWith("file")) {
      throw new RefusedException("files of this machine are not taken by order from elsewhere");
    }
    String id = UUID.randomUUID().toString();
    Properties keys = new Properties();
    keys.setProperty("what", what);
    keys.setProperty("packages", packages);
    keys.setProperty("repository", repository);
    write(file(id, "order"), keys);
    return id;
  }

  /** How each order stands; any thread. */
  public Map<String, String> states() throws IOException {
    Map<String, String> states = new TreeMap<>();
    for (Path file : files("outcome")) {
      Properties outcome = read(file);
      states.put(
          id(file),
          ("true".equals(outcome.getProperty("good")) ? "done: " : "failed: ")
              + outcome.getProperty("message", ""));
    }
    for (Path file : files("order")) {
      states.putIfAbsent(id(file), "waiting or running");
    }
    return states;
  }

  private static String id(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(0, name.lastIndexOf('.'));
  }

  /**
   * Ends what an earlier run of the gateway left open.
   *
   * @return whether the framework has to start anew, without what it tried
   */
  public boolean recover() throws IOException, InterruptedException {
    boolean again = false;
    for (Path file : files("running")) {
      Map<String, String> set = new TreeMap<>();
      read(file).forEach((name, digest) -> set.put(name.toString(), digest.toString()));
      String id = id(file);
      if (sets.isOnTrial(set)) {
        try {
          sets.decide(set);
          end(id, true, set.keySet() + " installed, and works");
        } catch (RefusedException e) {
          again = true;
          end(id, false, e.reason());
        }
      } else if (isInstalled(set)) {
        end(id, true, set.keySet() + " installed, and works");
      } else {
        end(id, false, "the gateway stopped in the middle; what was installed before runs");
      }
    }
    sets.tidy();
    return again;
  }

  private boolean isInstalled(Map<String, String> set) throws IOException {
    for (Map.Entry<String, String> each : set.entrySet()) {
      if (!store.has(each.getKey(), each.getValue())) {
        return false;
      }
    }
    return !set.isEmpty();
  }

  /** Carries out what lies there, one after the other. */
  public void look() throws IOException, InterruptedException {
    for (Path file : files("order")) {
      Matcher name = FILE.matcher(String.valueOf(file.getFileName()));
      // one that is running waits for the framework to start anew
      if (name.matches() && !Files.exists(file(name.group(1), "running"))) {
        carryOut(name.group(1), file);
      }
    }
  }

  private void carryOut(String id, Path file) throws IOException, InterruptedException {
    SetStep.ORDER_TAKEN.reached();
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new RefusedException("the order is longer than any order");
      }
      Order order = Order.parse(Files.readString(file));
      logger.info("repository_ordered order={} what={}", id, order.what());
      Optional<String> done = updates.run(order, new Told(id));
      if (done.isPresent()) {
        end(id, true, done.get());
      }
    } catch (RefusedException e) {
      end(id, false, e.reason());
    } catch (IOException e) {
      logger.error("repository_failed order={}", id, e);
      end(id, false, "the disk of the gateway fails: " + e.getMessage());
    } catch (RuntimeException e) {
      // border: command handler; the order has to be ended whatever happens
      logger.error("repository_broke order={}", id, e);
      end(id, false, "the gateway failed in an unforeseen way: " + e + "; its log says more");
    }
  }

  private void end(String id, boolean good, String message) throws IOException {
    Properties outcome = new Properties();
    outcome.setProperty("good", Boolean.toString(good));
    outcome.setProperty("message", message);
    write(file(id, "outcome"), outcome);
    SetStep.OUTCOME_TOLD.reached();
    DurableFiles.delete(file(id, "order"));
    DurableFiles.delete(file(id, "running"));
    logger.info("repository_ended order={} good={} message=\"{}\"", id, good, message);
    forget();
  }

  /** The oldest of too many outcomes go. */
  private void forget() throws IOException {
    List<Path> outcomes = files("outcome");
    for (Path old : outcomes.subList(0, Math.max(0, outcomes.size() - KEPT))) {
      DurableFiles.delete(old);
      DurableFiles.delete(file(id(old), "progress"));
    }
  }

  /** Oldest first. */
  private List<Path> files(String ending) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*." + ending)) {
      found.forEach(files::add);
    }
    files.sort(Comparator.comparing(Orders::age).thenComparing(Path::toString));
    return files;
  }

  private static FileTime age(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }

  private static void write(Path file, Properties keys) throws IOException {
    StringWriter text = new StringWriter();
    keys.store(text, null);
    DurableFiles.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static Properties read(Path file) throws IOException {
    Properties keys = new Properties();
    keys.load(new StringReader(Files.readString(file)));
    return keys;
  }

  /** Writes what an order tells. */
  private final class Told implements Journal {

    private final String id;

    Told(String id) {
      this.id = id;
    }

    @Override
    public void tell(String line) throws IOException {
      Files.writeString(
          file(id, "progress"), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public void installing(Map<String, String> set) throws IOException {
      Properties keys = new Properties();
      keys.putAll(set);
      write(file(id, "running"), keys);
    }
  }
}
