// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy;

import io.kete.container.deploy.install.DurableFiles;
import io.kete.container.deploy.install.PackageStore;
import io.kete.container.deploy.install.Step;
import io.kete.container.deploy.pack.PackageInfo;
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

  Recovery(JobStore jobs, Downloads downloads, PackageStore store, Notifier notifier) {
    this.jobs = jobs;
    this.downloads = downloads;
    this.store = store;
    this.notifier = notifier;
  }

  void run(List<Job> left) throws IOException {
    downloads.tidy();
    for (Job job : left) {
      Job ended = job.ending().isPresent() ? job : end(job);
      notifier.deliver(ended);
    }
  }

  private Job end(Job job) throws IOException {
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

  private Job judged(Job job) throws IOException {
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

  private String present(String name) {
    Optional<PackageInfo> info = store.find(name);
    return info.map(i -> "version " + i.version() + " is installed").orElse("it is not installed");
  }
}
