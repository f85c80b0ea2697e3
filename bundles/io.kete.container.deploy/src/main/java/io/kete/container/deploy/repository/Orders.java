// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.repository;

import io.kete.container.deploy.install.DurableFiles;
import io.kete.container.deploy.install.PackageStore;
import io.kete.container.deploy.install.SetInstaller;
import io.kete.container.deploy.install.SetStep;
import io.kete.container.deploy.pack.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out orders, those a kill interrupted too. For one thread. */
public final class Orders {

  private static final Logger logger = LoggerFactory.getLogger(Orders.class);
  private static final Pattern FILE = Pattern.compile("([A-Za-z0-9-]{1,64})\\.order");
  private static final long MAX_BYTES = 1 << 16;

  private final OrderFolder folder;
  private final Updates updates;
  private final SetInstaller sets;
  private final PackageStore store;

  /** Those of a folder. */
  public Orders(OrderFolder folder, Updates updates, SetInstaller sets, PackageStore store) {
    this.folder = folder;
    this.updates = updates;
    this.sets = sets;
    this.store = store;
  }

  /**
   * Ends what an earlier run of the gateway left open.
   *
   * @return whether the framework has to start anew, without what it tried
   */
  public boolean recover() throws IOException, InterruptedException {
    boolean again = false;
    for (Path file : folder.files("running")) {
      Map<String, String> set = new TreeMap<>();
      OrderFolder.read(file).forEach((name, digest) -> set.put(name.toString(), digest.toString()));
      String id = OrderFolder.id(file);
      if (sets.isOnTrial(set)) {
        try {
          sets.decide(set);
          end(id, true, set.keySet() + " installed, and works");
        } catch (RefusedException e) {
          again = true;
          end(id, false, e.reason());
        }
      } else if (isInstalled(set)) {
        Optional<String> fault = sets.fault(set.keySet());
        end(
            id,
            fault.isEmpty(),
            set.keySet()
                + fault.map(text -> " is installed, but " + text).orElse(" installed, and works"));
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
    for (Path file : folder.files("order")) {
      Matcher name = FILE.matcher(String.valueOf(file.getFileName()));
      // one that is running waits for the framework to start anew
      if (name.matches() && !Files.exists(folder.file(name.group(1), "running"))) {
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
    OrderFolder.write(folder.file(id, "outcome"), outcome);
    SetStep.OUTCOME_TOLD.reached();
    DurableFiles.delete(folder.file(id, "order"));
    DurableFiles.delete(folder.file(id, "running"));
    logger.info("repository_ended order={} good={} message=\"{}\"", id, good, message);
    folder.forget();
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
          folder.file(id, "progress"),
          line + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }

    @Override
    public void installing(Map<String, String> set) throws IOException {
      Properties keys = new Properties();
      keys.putAll(set);
      OrderFolder.write(folder.file(id, "running"), keys);
    }
  }
}
