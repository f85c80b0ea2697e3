// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.model;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What this process holds after a collection of garbage.
 *
 * @param residentKiB memory the kernel counts as resident
 * @param heapKiB heap in use
 * @param committedKiB heap that the virtual machine keeps
 * @param threads names of the threads, sorted
 * @param files what the open descriptors stand for, sorted
 * @param classLoaders number of class loaders
 */
record Footing(
    long residentKiB,
    long heapKiB,
    long committedKiB,
    List<String> threads,
    List<String> files,
    long classLoaders) {

  private static final Path SELF = Path.of("/proc/self");
  private static final int COLLECTIONS = 2;

  static Footing now() throws IOException, JMException {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    long heap = runtime.totalMemory() - runtime.freeMemory();
    return new Footing(
        resident(),
        heap >> 10,
        runtime.totalMemory() >> 10,
        threadNames(),
        openFiles(),
        classLoaderCount());
  }

  private static long resident() throws IOException {
    try (Stream<String> lines = Files.lines(SELF.resolve("status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow(() -> new IOException("the kernel does not tell VmRSS"));
    }
  }

  /** Native threads as well: those of an engine have no Java thread. */
  private static List<String> threadNames() throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> tasks = Files.list(SELF.resolve("task"))) {
      for (Path task : tasks.toList()) {
        if (Files.exists(task)) {
          names.add(Files.readString(task.resolve("comm")).strip());
        }
      }
    }
    names.sort(null);
    return List.copyOf(names);
  }

  private static List<String> openFiles() throws IOException {
    List<String> files = new ArrayList<>();
    try (Stream<Path> descriptors = Files.list(SELF.resolve("fd"))) {
      for (Path descriptor : descriptors.toList()) {
        if (Files.isSymbolicLink(descriptor)) {
          files.add(unnumbered(Files.readSymbolicLink(descriptor).toString()));
        }
      }
    }
    files.sort(null);
    return List.copyOf(files);
  }

  /** The framework gives the file of a bundle another number with each update. */
  private static String unnumbered(String file) {
    return file.replaceAll("version0\\.\\d+", "version0.N");
  }

  private static long classLoaderCount() throws JMException {
    Object told =
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "vmClassloaderStats",
                new Object[] {null},
                new String[] {String[].class.getName()});
    return String.valueOf(told).lines().filter(line -> line.startsWith("0x")).count();
  }

  /** What is held here and was not held before: threads and files. */
  List<String> leftSince(Footing before) {
    List<String> left = new ArrayList<>(surplus("thread ", before.threads, threads));
    left.addAll(surplus("file ", before.files, files));
    return left;
  }

  private static List<String> surplus(String what, List<String> before, List<String> now) {
    List<String> rest = new ArrayList<>(now);
    before.forEach(rest::remove);
    return new TreeSet<>(rest).stream().map(name -> what + name).toList();
  }

  @Override
  public String toString() {
    return "resident %,d KiB, heap %,d of %,d KiB, %d threads, %d files, %d class loaders"
        .formatted(residentKiB, heapKiB, committedKiB, threads.size(), files.size(), classLoaders);
  }
}
