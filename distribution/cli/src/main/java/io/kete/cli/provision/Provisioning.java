// SPDX-License-Identifier: EPL-2.0
package io.kete.cli.provision;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import com.eclipsesource.json.ParseException;
import io.kete.cli.DataLock;
import io.kete.container.config.OfflineConfiguration;
import io.kete.launcher.Ownership;
import io.kete.launcher.PendingSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Makes the gateway of a data directory the one that a directory describes. */
public final class Provisioning {

  /** Beside the configuration: what it was made of. */
  private static final String RECORD = "provisioned.json";

  private static final String USER = "user";
  private static final String SEED = "snapshots/snapshot_0.xml";
  private static final int DIGITS = 24;

  private final Path bundles;
  private final Path data;
  private final Clock clock;

  /**
   * @param home the installation, whose bundles say what a right configuration is
   * @param data the data directory
   */
  public Provisioning(Path home, Path data, Clock clock) {
    this.bundles = home.resolve("bundles");
    this.data = data;
    this.clock = clock;
  }

  /** What became of it. */
  public enum State {
    /** Nothing was wrong and nothing was changed. */
    CHECKED,
    /** The gateway has this configuration already. */
    UNCHANGED,
    /** In place; the gateway has it when it is started. */
    APPLIED,
    /** A gateway is running; it takes it when it is started again. */
    WAITING
  }

  /**
   * The outcome.
   *
   * @param gateway name of the gateway
   * @param digest of all that was put in place
   */
  public record Outcome(State state, String gateway, String digest) {}

  /** The files to put in place, below {@code user}. */
  private record Target(String gateway, SortedMap<String, byte[]> files, String digest) {}

  /** Only checks. */
  public Outcome check(Path directory, Optional<Path> secrets)
      throws ProvisionException, IOException {
    Target target = target(directory, secrets);
    return new Outcome(State.CHECKED, target.gateway(), target.digest());
  }

  /**
   * Checks, and applies as a whole or not at all.
   *
   * @throws ProvisionException when something is wrong; nothing was changed
   */
  public Outcome apply(Path directory, Optional<Path> secrets)
      throws ProvisionException, IOException {
    Target target = target(directory, secrets);
    Files.createDirectories(data);
    PendingSet pending = new PendingSet(data);
    String name = "provision-" + target.digest();
    try (DataLock lock = DataLock.take(data)) {
      if (lock.isHeld()) {
        pending.complete();
      }
      Optional<String> waiting = pending.waiting();
      if (waiting.equals(Optional.of(name))) {
        return new Outcome(State.WAITING, target.gateway(), target.digest());
      }
      if (waiting.isEmpty() && isThere(target)) {
        return new Outcome(State.UNCHANGED, target.gateway(), target.digest());
      }
      stage(pending.stage(name), target);
      pending.commit(name);
      if (lock.isHeld()) {
        pending.complete();
      }
      return new Outcome(
          lock.isHeld() ? State.APPLIED : State.WAITING, target.gateway(), target.digest());
    }
  }

  private Target target(Path directory, Optional<Path> secretFile)
      throws ProvisionException, IOException {
    Description description = Description.read(directory);
    SortedMap<String, String> secrets = secrets(description, secretFile);
    Path real = Files.isDirectory(data) ? data.toRealPath() : data;
    Map<String, String> host = Map.of(USER, real.resolve(USER).toString());
    byte[] snapshot = description.snapshot(secrets, host).getBytes(StandardCharsets.UTF_8);
    List<String> objections = new ArrayList<>(description.objections(clock));
    objections.addAll(
        OfflineConfiguration.read(GatewayFolder.SNAPSHOT, snapshot).objections(bundles));
    if (!objections.isEmpty()) {
      throw new ProvisionException(objections);
    }
    SortedMap<String, byte[]> files = new TreeMap<>();
    description
        .folder()
        .files()
        .forEach(
            (name, content) -> {
              if (isPutInPlace(name)) {
                files.put(name, content);
              }
            });
    files.put(SEED, snapshot);
    return new Target(description.manifest().gateway(), files, digest(files));
  }

  /** Routes are in the snapshot; manifest, secrets and README.md stay outside. */
  private static boolean isPutInPlace(String name) {
    return name.startsWith("anchors/")
        || name.startsWith("certificates/")
        || name.startsWith("identity/")
        || name.startsWith(GatewayFolder.POLICY);
  }

  private static SortedMap<String, String> secrets(Description description, Optional<Path> file)
      throws ProvisionException, IOException {
    SortedMap<String, String> secrets = new TreeMap<>();
    Optional<byte[]> inFolder = description.folder().file(GatewayFolder.SECRETS);
    if (inFolder.isPresent()) {
      secrets.putAll(SecretFile.parse(GatewayFolder.SECRETS, inFolder.get()));
    }
    if (file.isPresent()) {
      secrets.putAll(SecretFile.read(file.get()));
    }
    return secrets;
  }

  private static String digest(SortedMap<String, byte[]> files) {
    MessageDigest digest = Description.sha256();
    files.forEach(
        (name, content) -> {
          digest.update((name + "\n" + content.length + "\n").getBytes(StandardCharsets.UTF_8));
          digest.update(content);
        });
    return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
  }

  /**
   * Whether the gateway was made of the same. What it writes itself does not count: the seed, whose
   * passwords it seals, later snapshots, and keystores.
   */
  private boolean isThere(Target target) throws IOException {
    Path user = data.resolve(USER);
    if (!target.digest().equals(recorded(user.resolve(RECORD)))) {
      return false;
    }
    for (Map.Entry<String, byte[]> file : target.files().entrySet()) {
      Path there = user.resolve(file.getKey());
      boolean own = file.getKey().equals(SEED) || file.getKey().startsWith("identity/");
      if (!Files.isRegularFile(there)
          || (!own && !Arrays.equals(Files.readAllBytes(there), file.getValue()))) {
        return false;
      }
    }
    return true;
  }

  private static String recorded(Path record) throws IOException {
    if (!Files.isRegularFile(record)) {
      return "";
    }
    try {
      JsonValue digest = Json.parse(Files.readString(record)).asObject().get("digest");
      return digest == null ? "" : digest.asString();
    } catch (ParseException | UnsupportedOperationException notOurs) {
      return "";
    }
  }

  private void stage(Path set, Target target) throws IOException {
    Path user = Files.createDirectory(set.resolve(USER));
    for (Map.Entry<String, byte[]> file : target.files().entrySet()) {
      Path place = user.resolve(file.getKey());
      Files.createDirectories(place.getParent());
      Files.write(place, file.getValue());
    }
    Files.createDirectories(user.resolve("snapshots"));
    JsonObject record =
        new JsonObject().add("gateway", target.gateway()).add("digest", target.digest());
    Files.writeString(user.resolve(RECORD), record + "\n");
    restrict(user);
    Ownership.of(data).give(set);
  }

  /** The seed may hold passwords until the gateway has sealed them: for its owner only. */
  private static void restrict(Path user) throws IOException {
    if (!user.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    try (Stream<Path> files = Files.walk(user)) {
      for (Path file : files.toList()) {
        Files.setPosixFilePermissions(
            file,
            PosixFilePermissions.fromString(Files.isDirectory(file) ? "rwx------" : "rw-------"));
      }
    }
  }
}
