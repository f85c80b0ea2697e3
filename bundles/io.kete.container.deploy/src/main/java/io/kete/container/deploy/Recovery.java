// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy;

import io.kete.container.deploy.install.DurableFiles;
import io.kete.container.deploy.install.Installer;
import io.kete.container.deploy.install.PackageStore;
import io.kete.container.deploy.install.Step;
import io.kete.container.deploy.install.Trials;
import io.kete.container.deploy.pack.PackageInfo;
import io.kete.container.deploy.pack.RefusedException;
import io.kete.kapua.codec.deploy.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the orders an earlier run of the gateway left open. What is installed was decided by the
 * folder of packages before this runs; here it is only found out and told.
 */
final class Recovery {

  private static final Logger logger = LoggerFactory.getLogger(Recovery.class);
  private static final String STOPPED = "the gateway stopped in the middle of the ";

  private final JobStore jobs;
  private final Downloads downloads;
  private final PackageStore store;
  private final Notifier notifier;
  private final Installer installer;
  private final Trials trials;
  private boolean again;

  Recovery(
      JobStore jobs,
      Downloads downloads,
      PackageStore store,
      Notifier notifier,
      Installer installer,
      Trials trials) {
    this.jobs = jobs;
    this.downloads = downloads;
    this.store = store;
    this.notifier = notifier;
    this.installer = installer;
    this.trials = trials;
  }

  void run(List<Job> left) throws IOException, RefusedException, InterruptedException {
    downloads.tidy();
    for (Job job : left) {
      Job ended = job.ending().isPresent() ? job : end(job);
      if (!again) {
        notifier.deliver(ended);
      }
    }
    trials.tidy();
    if (again) {
      trials.startAgain();
    }
  }

  private Job end(Job job) throws IOException, InterruptedException {
    Job ended = judged(job);
    if (job.operation() != Operation.UNINSTALL) {
      Optional<Path> file = downloads.find(job.name(), job.version());
      if (file.isPresent()) {
        DurableFiles.delete(file.get());
      }
      downloads.discard(job.digest());
    }
    jobs.write(ended);
    Step.ENDING_NOTED.reached();
    logger.warn(
        "deploy_recovered job={} operation={} package={} message=\"{}\"",
        job.id(),
        job.operation(),
        job.name(),
        ended.ending().map(Job.Ending::message).orElse(""));
    return ended;
  }

  private Job judged(Job job) throws IOException, InterruptedException {
    if (job.operation() == Operation.INSTALL
        && !job.digest().isEmpty()
        && trials.has(job.name(), job.digest())
        && trials.isOnTrial(job.name())) {
      return tried(job);
    }
    boolean there = Files.isRegularFile(store.file(job.name()));
    return switch (job.operation()) {
      case DOWNLOAD -> job.ended(false, STOPPED + "download; order it again");
      case INSTALL ->
          !job.digest().isEmpty() && store.has(job.name(), job.digest())
              ? job.ended(true, job.name() + " " + job.version() + " is installed and works")
              : job.ended(false, STOPPED + "installation; " + present(job.name()));
      case UNINSTALL ->
          there
              ? job.ended(false, STOPPED + "removal; " + present(job.name()))
              : job.ended(true, job.name() + " is removed");
    };
  }

  /** The framework runs with it for the first time; a bad one is told of after the next start. */
  private Job tried(Job job) throws IOException, InterruptedException {
    String label = job.name() + " " + job.version();
    try {
      installer.decide(job.name());
      return job.ended(true, label + " is installed and works");
    } catch (RefusedException e) {
      again = true;
      return job.ended(false, e.reason() + "; the former version is back");
    }
  }

  private String present(String name) {
    Optional<PackageInfo> info = store.find(name);
    return info.map(i -> "version " + i.version() + " is installed").orElse("it is not installed");
  }
}
