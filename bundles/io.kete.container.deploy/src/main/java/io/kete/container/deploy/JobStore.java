// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy;

import io.kete.container.deploy.install.DurableFiles;
import io.kete.kapua.codec.deploy.Operation;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Orders on disk: one file each, gone when nobody has to hear of it any more. */
final class JobStore {

  private static final Logger logger = LoggerFactory.getLogger(JobStore.class);
  private static final String ENDING = ".job";

  private final Path directory;

  JobStore(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
  }

  private Path file(Job job) {
    return directory.resolve(String.format("%010d%s", job.number(), ENDING));
  }

  void write(Job job) throws IOException {
    Properties all = new Properties();
    all.setProperty("number", Long.toString(job.number()));
    all.setProperty("id", Long.toString(job.id()));
    all.setProperty("requester", job.requester());
    all.setProperty("connection", job.connection());
    all.setProperty("operation", job.operation().name());
    all.setProperty("name", job.name());
    all.setProperty("version", job.version());
    all.setProperty("digest", job.digest());
    job.ending()
        .ifPresent(
            ending -> {
              all.setProperty("good", Boolean.toString(ending.good()));
              all.setProperty("message", ending.message());
            });
    StringWriter text = new StringWriter();
    all.store(text, null);
    DurableFiles.write(file(job), text.toString().getBytes(StandardCharsets.UTF_8));
  }

  void remove(Job job) throws IOException {
    DurableFiles.delete(file(job));
  }

  /** What is on disk, oldest first; what cannot be read is put away with an error. */
  List<Job> all() throws IOException {
    List<Job> jobs = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        if (file.toString().endsWith(ENDING)) {
          read(file).ifPresent(jobs::add);
        } else {
          DurableFiles.delete(file);
        }
      }
    }
    jobs.sort(Comparator.comparingLong(Job::number));
    return jobs;
  }

  private static Optional<Job> read(Path file) throws IOException {
    Properties all = new Properties();
    try {
      all.load(new StringReader(Files.readString(file)));
      String good = all.getProperty("good");
      return Optional.of(
          new Job(
              Long.parseLong(all.getProperty("number")),
              Long.parseLong(all.getProperty("id")),
              all.getProperty("requester", ""),
              all.getProperty("connection", ""),
              Operation.valueOf(all.getProperty("operation", "")),
              all.getProperty("name", ""),
              all.getProperty("version", ""),
              all.getProperty("digest", ""),
              good == null
                  ? Optional.empty()
                  : Optional.of(
                      new Job.Ending(Boolean.parseBoolean(good), all.getProperty("message", "")))));
    } catch (IllegalArgumentException e) {
      logger.error("deploy_order_damaged file={} reason=\"{}\"", file, e.getMessage());
      DurableFiles.delete(file);
      return Optional.empty();
    }
  }
}
