// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.repository;

import io.kete.container.deploy.install.DurableFiles;
import io.kete.container.deploy.pack.RefusedException;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Orders as files in one folder, whoever gives them: {@code ID.order} is taken, {@code ID.progress}
 * grows, {@code ID.outcome} ends it. {@code ID.running} says what changes the gateway, so that an
 * order is ended after a kill too.
 */
public final class OrderFolder {

  /** So many orders may wait when another comes over the network. */
  static final int MAX_WAITING = 16;

  private static final int KEPT = 32;

  private final Path folder;

  /** Is made if absent. */
  public OrderFolder(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  Path file(String id, String ending) {
    return folder.resolve(id + "." + ending);
  }

  /**
   * Gives an order that came over the network; any thread.
   *
   * @return its id; empty when too many wait
   */
  public synchronized Optional<String> give(String what, String packages, String repository)
      throws RefusedException, IOException {
    Order order = Order.of(what, packages, repository);
    if (order.repository().startsWith("file")) {
      throw new RefusedException("files of this machine are not taken by order from elsewhere");
    }
    if (files("order").size() >= MAX_WAITING) {
      return Optional.empty();
    }
    String id = UUID.randomUUID().toString();
    Properties keys = new Properties();
    keys.setProperty("what", what);
    keys.setProperty("packages", packages);
    keys.setProperty("repository", repository);
    write(file(id, "order"), keys);
    return Optional.of(id);
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

  static String id(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(0, name.lastIndexOf('.'));
  }

  /** The oldest of too many outcomes go. */
  void forget() throws IOException {
    List<Path> outcomes = files("outcome");
    for (Path old : outcomes.subList(0, Math.max(0, outcomes.size() - KEPT))) {
      DurableFiles.delete(old);
      DurableFiles.delete(file(id(old), "progress"));
    }
  }

  /** Oldest first. */
  List<Path> files(String ending) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*." + ending)) {
      found.forEach(files::add);
    }
    files.sort(Comparator.comparing(OrderFolder::age).thenComparing(Path::toString));
    return files;
  }

  private static FileTime age(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }

  static void write(Path file, Properties keys) throws IOException {
    StringWriter text = new StringWriter();
    keys.store(text, null);
    DurableFiles.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
  }

  static Properties read(Path file) throws IOException {
    Properties keys = new Properties();
    keys.load(new StringReader(Files.readString(file)));
    return keys;
  }
}
