// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.install;

import io.kete.model.api.SlotState.Identity;
import io.kete.model.runtime.content.Candidate;
import io.kete.model.runtime.content.JarSource;
import io.kete.model.runtime.content.RefusedException;
import io.kete.model.runtime.gate.Admission;
import io.kete.model.runtime.gate.Gate;
import io.kete.model.runtime.store.Durable;
import io.kete.model.runtime.store.Memory;
import io.kete.model.runtime.store.SlotRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes model bundles out of a folder. A file goes through the whole gate before it is installed,
 * so that a bad one never replaces the bundle of a good one. For one thread.
 */
public final class DropFolder {

  /** Size and time of a file; the same twice means that nobody writes to it any more. */
  private record Seen(long size, FileTime modified) {}

  private static final Logger logger = LoggerFactory.getLogger(DropFolder.class);

  /** Name under which the memory keeps which file was being tried; no slot can have it. */
  private static final String MEMORY = ".dropin";

  private static final int MAX_REJECTED = 40;

  /** Polls between two attempts at a file that waits for something. */
  private static final int PATIENCE = 10;

  private final Path incoming;
  private final Path rejected;
  private final BundleFolder bundles;
  private final Catalogue catalogue;
  private final Gate gate;
  private final Memory memory;
  private final Map<Path, Seen> seen = new HashMap<>();
  private final Map<Path, Integer> pauses = new HashMap<>();
  private volatile Optional<String> problem = Optional.empty();

  /**
   * @param dropin folder with {@code models} and {@code rejected}
   * @param kept folder of accepted bundles
   */
  public DropFolder(
      BundleContext context,
      Path dropin,
      Path kept,
      Catalogue catalogue,
      Gate gate,
      Memory memory) {
    this.incoming = dropin.resolve("models");
    this.rejected = dropin.resolve("rejected");
    this.bundles = new BundleFolder(context, kept);
    this.catalogue = catalogue;
    this.gate = gate;
    this.memory = memory;
  }

  /** Installs what was accepted before the last restart. */
  public void begin() {
    try {
      Files.createDirectories(incoming);
      bundles.installAll();
    } catch (IOException e) {
      unreadable(e);
    }
  }

  /** A bundle was uninstalled on purpose. */
  public void forget(String location) {
    bundles.forget(location);
  }

  /** What keeps files waiting, if anything. */
  public Optional<String> problem() {
    return problem;
  }

  /** Looks once; a file is taken when it is as it was at the last look. */
  public void poll() {
    try {
      problem = Optional.empty();
      List<Path> files = files();
      seen.keySet().retainAll(files);
      pauses.keySet().retainAll(files);
      for (Path file : files) {
        look(file);
      }
    } catch (IOException e) {
      unreadable(e);
    } catch (RuntimeException e) {
      // Border of the scheduled task: one bad file must not end the watching of the others.
      logger.error("dropin_failed", e);
    }
  }

  /** A file that cannot be read or moved is tried again later and keeps no other one waiting. */
  private void look(Path file) {
    try {
      if (isQuiet(file) && isDue(file)) {
        take(file);
      }
    } catch (IOException e) {
      pauses.put(file, PATIENCE);
      unreadable(e);
    }
  }

  private void unreadable(IOException e) {
    String reason = "the drop folder " + incoming + " cannot be used: " + e.getMessage();
    if (problem.isEmpty()) {
      logger.error("dropin_unreadable reason={}", e.getMessage());
    }
    problem = Optional.of(reason + "; check owner and space");
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(incoming)) {
      try (DirectoryStream<Path> jars = Files.newDirectoryStream(incoming, "*.jar")) {
        jars.forEach(files::add);
      }
    }
    files.removeIf(file -> !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS));
    files.sort(Comparator.naturalOrder());
    return files;
  }

  private boolean isQuiet(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    Seen now = new Seen(attributes.size(), attributes.lastModifiedTime());
    boolean same = now.equals(seen.put(file, now));
    if (!same) {
      pauses.remove(file);
    }
    return same;
  }

  private boolean isDue(Path file) {
    int left = pauses.getOrDefault(file, 0);
    if (left > 0) {
      pauses.put(file, left - 1);
      problem = Optional.of(waiting(file));
    }
    return left == 0;
  }

  private static String waiting(Path file) {
    return file.getFileName() + " waits in the drop folder; see the log";
  }

  private void take(Path file) throws IOException {
    Identity said = new Identity(String.valueOf(file.getFileName()), "unknown", "");
    try {
      Candidate candidate = new JarSource(file).candidate();
      said = candidate.identity();
      offer(file, candidate);
    } catch (RefusedException e) {
      reject(file, e.reason());
      catalogue.refused(said, e.reason());
    }
  }

  private void offer(Path file, Candidate candidate) throws IOException, RefusedException {
    Optional<String> objection = catalogue.objection(candidate);
    if (objection.isPresent()) {
      throw new RefusedException(objection.get(), false);
    }
    if (isAdmitted(file, candidate)) {
      bundles.take(file);
      logger.info(
          "dropin_accepted file={} model={} version={}",
          file.getFileName(),
          candidate.descriptor().name(),
          candidate.version());
    }
  }

  /** The way through the gate; survives that a model takes the whole process with it. */
  private boolean isAdmitted(Path file, Candidate candidate) throws IOException, RefusedException {
    int patience = memory.end(MEMORY).patience(false);
    SlotRecord trying = memory.read(MEMORY).tryOut(candidate.digest());
    memory.write(MEMORY, trying);
    if (trying.deaths(candidate.digest()) >= patience) {
      memory.write(MEMORY, SlotRecord.NOTHING);
      throw new RefusedException(trying.blame(candidate.digest()), true);
    }
    Admission admission = gate.admit(candidate, stage -> {});
    memory.write(MEMORY, SlotRecord.NOTHING);
    if (admission instanceof Admission.Refused refused) {
      throw new RefusedException(refused.reason(), refused.lasting());
    }
    if (admission instanceof Admission.Proved proved) {
      proved.model().close();
      return true;
    }
    String reason = ((Admission.Waits) admission).reason();
    logger.warn("dropin_waits file={} reason={}", file.getFileName(), reason);
    pauses.put(file, PATIENCE);
    problem = Optional.of(waiting(file));
    return false;
  }

  private void reject(Path file, String reason) throws IOException {
    logger.error("dropin_rejected file={} reason={}", file.getFileName(), reason);
    Files.createDirectories(rejected);
    Path target = rejected.resolve(file.getFileName());
    // the reason first: who sees the file gone finds it
    Durable.write(
        target.resolveSibling(file.getFileName() + ".reason"),
        ByteBuffer.wrap((reason + "\n").getBytes(StandardCharsets.UTF_8)));
    Durable.move(file, target);
    prune();
  }

  private void prune() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(rejected)) {
      all.forEach(files::add);
    }
    Map<Path, FileTime> times = new HashMap<>();
    for (Path file : files) {
      times.put(file, Files.getLastModifiedTime(file));
    }
    files.sort(Comparator.comparing(times::get));
    for (Path old : files.subList(0, Math.max(0, files.size() - MAX_REJECTED))) {
      Files.deleteIfExists(old);
    }
  }
}
