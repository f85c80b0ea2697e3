// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy;

import io.kete.container.deploy.fetch.Fetch;
import io.kete.container.deploy.fetch.Source;
import io.kete.container.deploy.install.DurableFiles;
import io.kete.container.deploy.install.Installer;
import io.kete.container.deploy.install.Step;
import io.kete.container.deploy.pack.PackageFile;
import io.kete.container.deploy.pack.PackageInfo;
import io.kete.container.deploy.pack.RefusedException;
import io.kete.kapua.codec.deploy.DownloadOrder;
import io.kete.kapua.codec.deploy.ExpectedHash;
import io.kete.kapua.codec.deploy.Operation;
import io.kete.kapua.codec.deploy.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out one order, on the thread of the desk. What fails leaves no file behind. */
final class Work {

  private static final Logger logger = LoggerFactory.getLogger(Work.class);
  private static final int PARTS = 20;

  /** What carrying out needs. */
  record Means(
      JobStore jobs,
      Downloads downloads,
      Installer installer,
      Notifier notifier,
      Supplier<Settings> settings,
      Supplier<Source> sources) {}

  private final Means means;
  private final Optional<DownloadOrder> order;
  private volatile Job job;
  private volatile long bytes;
  private volatile long total;
  private volatile @Nullable Fetch fetch;
  private volatile boolean cancelled;
  private @Nullable Path file;
  private int told;
  private int index;
  private boolean half;

  Work(Means means, Job job, Optional<DownloadOrder> order) {
    this.means = means;
    this.job = job;
    this.order = order;
  }

  /** The order as it stands. */
  Job job() {
    return job;
  }

  /** Bytes fetched so far, and of how many. */
  long bytes() {
    return bytes;
  }

  long total() {
    return total;
  }

  int percent() {
    return total == 0 ? 0 : (int) Math.min(100, bytes * 100 / total);
  }

  /** Ends a download; false when there is none to end. */
  boolean cancel() {
    if (job.operation() != Operation.DOWNLOAD) {
      return false;
    }
    cancelled = true;
    Fetch running = fetch;
    if (running != null) {
      running.cancel();
    }
    return true;
  }

  /** Does it and tells the end. */
  void run() throws InterruptedException {
    try {
      switch (job.operation()) {
        case DOWNLOAD -> download(order.orElseThrow());
        case INSTALL -> installDownloaded();
        case UNINSTALL -> uninstall();
      }
    } catch (RefusedException e) {
      end(false, e.reason());
    } catch (IOException e) {
      logger.error("deploy_failed job={}", job.id(), e);
      end(false, "the disk of the gateway fails: " + e.getMessage());
    } catch (RuntimeException e) {
      // border: scheduled task body; the order has to be ended whatever happens
      logger.error("deploy_broke job={}", job.id(), e);
      end(false, "the gateway failed in an unforeseen way: " + e + "; its log says more");
    }
  }

  private void download(DownloadOrder wanted)
      throws RefusedException, IOException, InterruptedException {
    Optional<Path> earlier =
        wanted.force() ? Optional.empty() : means.downloads().find(wanted.name(), wanted.version());
    if (earlier.isPresent()) {
      file = earlier.get();
      check(wanted, earlier.get());
    } else {
      fetch(wanted);
    }
    String message =
        earlier.isPresent() ? "was downloaded before" : "downloaded " + bytes + " bytes";
    if (wanted.install()) {
      means.notifier().progress(job, Progress.State.COMPLETED, 100, bytes, ++index, message);
      Step.FETCH_TOLD.reached();
      job = job.at(Operation.INSTALL);
      install(Objects.requireNonNull(file));
    } else {
      file = null;
      end(true, message);
    }
  }

  private void fetch(DownloadOrder wanted)
      throws RefusedException, IOException, InterruptedException {
    Path part = means.downloads().part(job);
    file = part;
    Settings settings = means.settings().get();
    Fetch running =
        new Fetch(
            wanted,
            means.sources().get(),
            new Fetch.Limits(settings.maxBytes(), settings.patience()),
            this::metered);
    fetch = running;
    if (cancelled) {
      running.cancel();
    }
    Files.deleteIfExists(part);
    Files.createFile(part);
    Step.FETCH_BEGUN.reached();
    running.run(part);
    fetch = null;
    Step.FETCHED.reached();
    check(wanted, part);
    Step.FETCH_CHECKED.reached();
    file = means.downloads().keep(job);
    Step.FETCH_KEPT.reached();
  }

  private static void check(DownloadOrder wanted, Path content)
      throws RefusedException, IOException {
    if (wanted.hash().isEmpty()) {
      return;
    }
    ExpectedHash expected = wanted.hash().get();
    MessageDigest digest = expected.digest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(content), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    if (!expected.matches(digest.digest())) {
      throw new RefusedException(
          "the " + expected.algorithm() + " of the download is not the one that was ordered");
    }
  }

  private void metered(long have, long of) {
    bytes = have;
    total = of;
    if (!half && of > 0 && have * 2 >= of) {
      half = true;
      Step.FETCH_HALF.reached();
    }
    long every = order.map(wanted -> wanted.pace().told()).filter(block -> block > 0).orElse(0);
    long part = Math.max(every, of / PARTS);
    int now = part == 0 ? 0 : (int) Math.min(Integer.MAX_VALUE, have / part);
    if (now > told && have < of) {
      told = now;
      means
          .notifier()
          .progress(
              job,
              Progress.State.IN_PROGRESS,
              percent(),
              of,
              ++index,
              have + " of " + of + " bytes");
    }
  }

  private void installDownloaded() throws RefusedException, IOException, InterruptedException {
    Path downloaded =
        means
            .downloads()
            .find(job.name(), job.version())
            .orElseThrow(() -> new RefusedException("it was not downloaded; download it first"));
    file = downloaded;
    install(downloaded);
  }

  private void install(Path downloaded) throws RefusedException, IOException, InterruptedException {
    Installer installer = means.installer();
    PackageInfo info = PackageFile.read(downloaded, means.settings().get().maxBytes());
    Step.INSPECTED.reached();
    installer.admit(info);
    Step.ADMITTED.reached();
    job = job.installing(info.name(), info.version(), info.digest());
    means.jobs().write(job);
    Step.INSTALL_NOTED.reached();
    means.notifier().progress(job, Progress.State.IN_PROGRESS, 0, 0, 0, "installing " + info);
    if (installer.isInstalled(info)) {
      end(true, info + " is installed already");
    } else if (installer.needsRestart(info)) {
      // the order stays open: it ends after the next start
      installer.stage(info, downloaded);
    } else {
      installer.install(info, downloaded);
      end(true, info + " is installed and works");
    }
  }

  private void uninstall() throws RefusedException, IOException {
    Step.REMOVAL_NOTED.reached();
    means.notifier().progress(job, Progress.State.IN_PROGRESS, 0, 0, 0, "removing " + job.name());
    Optional<String> version = Optional.of(job.version()).filter(text -> !text.isEmpty());
    end(true, means.installer().uninstall(job.name(), version));
  }

  private void end(boolean good, String message) {
    try {
      if (file != null) {
        DurableFiles.delete(file);
      }
      job = job.ended(good, message);
      means.jobs().write(job);
      Step.ENDING_NOTED.reached();
    } catch (IOException e) {
      logger.error("deploy_ending_not_kept job={}", job.id(), e);
    }
    logger.info(
        "deploy_ended job={} operation={} package={} good={} message=\"{}\"",
        job.id(),
        job.operation(),
        job.name(),
        good,
        message);
    means.notifier().deliver(job);
  }
}
