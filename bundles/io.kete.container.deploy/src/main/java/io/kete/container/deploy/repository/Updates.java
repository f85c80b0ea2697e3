// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.repository;

import io.kete.container.deploy.fetch.HttpsTrust;
import io.kete.container.deploy.install.DurableFiles;
import io.kete.container.deploy.install.Packages;
import io.kete.container.deploy.install.SetInstaller;
import io.kete.container.deploy.install.SetStep;
import io.kete.container.deploy.install.Trust;
import io.kete.container.deploy.pack.PackageFile;
import io.kete.container.deploy.pack.PackageInfo;
import io.kete.container.deploy.pack.RefusedException;
import io.kete.container.deploy.pack.Sha;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/** Carries out orders; runs on the thread of the orders. */
public final class Updates {

  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final String ENDING = ".dp";

  private final Means means;
  private final Path folder;
  private final Seen seen;
  private final Present present;

  /**
   * What it works with.
   *
   * @param installed packages and features
   * @param maxBytes most bytes of a package, packed and unpacked
   * @param address of the repository when an order names none
   * @param tls what HTTPS trusts
   * @param stopped ends waiting
   */
  public record Means(
      BundleContext context,
      SetInstaller sets,
      Trust trust,
      Supplier<List<Packages.Line>> installed,
      Supplier<Long> maxBytes,
      Supplier<String> address,
      HttpsTrust tls,
      CountDownLatch stopped) {}

  /** With a folder for what is remembered and for downloads. */
  public Updates(Path folder, Means means) throws IOException {
    this.means = means;
    this.folder = Files.createDirectories(folder);
    this.seen = new Seen(folder.resolve("seen"));
    this.present = new Present(means.context(), means.installed());
  }

  /** What came of an order; empty while the framework starts anew to find out. */
  Optional<String> run(Order order, Journal journal)
      throws RefusedException, IOException, InterruptedException {
    if (order.what() == Order.What.LIST && address(order).isEmpty()) {
      list(List.of(), journal);
      return Optional.of("listed");
    }
    Web web = web(order);
    Catalogue catalogue = Catalogue.read(web, means.trust(), seen);
    SetStep.INDEX_TRUSTED.reached();
    if (order.what() == Order.What.LIST) {
      list(catalogue.packages(), journal);
      return Optional.of("listed");
    }
    journal.tell(
        "repository "
            + catalogue.sums().name()
            + " "
            + catalogue.sums().increment()
            + " is trusted");
    Map<String, Part> installed = present.packages();
    List<Part> missing =
        new Resolution(
                present.gateway(),
                installed,
                catalogue.packages(),
                wanted(order, installed, catalogue))
            .missing();
    SetStep.RESOLVED.reached();
    if (missing.isEmpty()) {
      return Optional.of("nothing to do, all of it is installed");
    }
    return install(fetched(missing, web, journal), journal);
  }

  private String address(Order order) {
    return order.repository().isEmpty() ? means.address().get() : order.repository();
  }

  private Web web(Order order) throws RefusedException {
    String address = address(order);
    if (address.isEmpty()) {
      throw new RefusedException("no repository is named and repository.url is not configured");
    }
    URI root = Web.address(address);
    return new Web(root, means.tls(), means.stopped(), PAUSE);
  }

  private static Map<String, VersionRange> wanted(
      Order order, Map<String, Part> installed, Catalogue catalogue) {
    Map<String, VersionRange> wanted = new LinkedHashMap<>();
    order
        .packages()
        .forEach((name, range) -> wanted.put(name, range.orElse(new VersionRange("0"))));
    if (order.what() == Order.What.UPDATE) {
      for (Part each : installed.values()) {
        VersionRange newer = new VersionRange(each.version().toString());
        boolean offered =
            catalogue.packages().stream()
                .anyMatch(o -> o.name().equals(each.name()) && newer.includes(o.version()));
        if (offered) {
          wanted.put(each.name(), newer);
        }
      }
    }
    return wanted;
  }

  private void list(List<Part> offered, Journal journal) throws IOException {
    Map<String, String> newest = new LinkedHashMap<>();
    Map<String, Version> versions = new LinkedHashMap<>();
    for (Part each : offered) {
      Version before = versions.getOrDefault(each.name(), Version.emptyVersion);
      if (each.version().compareTo(before) >= 0) {
        versions.put(each.name(), each.version());
        newest.put(each.name(), each.version().toString());
      }
    }
    for (Packages.Line line : means.installed().get()) {
      String offer = newest.remove(line.name());
      journal.tell(
          "package " + line.name() + " " + line.version() + " " + (offer == null ? "-" : offer));
    }
    for (Map.Entry<String, String> each : newest.entrySet()) {
      journal.tell("package " + each.getKey() + " - " + each.getValue());
    }
  }

  private List<SetInstaller.Candidate> fetched(List<Part> missing, Web web, Journal journal)
      throws RefusedException, IOException, InterruptedException {
    tidy(missing);
    List<SetInstaller.Candidate> set = new ArrayList<>();
    for (Part each : missing) {
      Path file = folder.resolve(each.digest() + ENDING);
      fetch(each, file, web, journal);
      SetStep.FETCHED.reached();
      PackageInfo info;
      try {
        info = PackageFile.read(file, means.maxBytes().get());
      } catch (RefusedException e) {
        DurableFiles.delete(file);
        throw new RefusedException(each + ": " + e.reason(), e);
      }
      if (!info.name().equals(each.name())
          || !Version.parseVersion(info.version()).equals(each.version())) {
        DurableFiles.delete(file);
        throw new RefusedException("the file of " + each + " holds " + info);
      }
      set.add(new SetInstaller.Candidate(info, file, each.hasModel()));
    }
    return set;
  }

  private void fetch(Part each, Path file, Web web, Journal journal)
      throws RefusedException, IOException, InterruptedException {
    if (each.size() < 0 || each.size() > means.maxBytes().get()) {
      throw new RefusedException(
          each
              + " has "
              + each.size()
              + " bytes; package.max-bytes allows "
              + means.maxBytes().get());
    }
    if (Files.isRegularFile(file) && Sha.of(file).equals(each.digest())) {
      journal.tell(each + " is fetched already");
      return;
    }
    Path part = file.resolveSibling(each.digest() + ".part");
    long had = Files.isRegularFile(part) ? Files.size(part) : 0;
    journal.tell("fetching " + each + ", " + (each.size() - had) + " of " + each.size() + " bytes");
    web.fetch(each.path(), part, each.size(), have -> {});
    if (!Sha.of(part).equals(each.digest())) {
      DurableFiles.delete(part);
      throw new RefusedException("the file of " + each + " is not the one that was signed");
    }
    DurableFiles.move(part, file);
  }

  /** What is no part of this order is of no use any more. */
  private void tidy(List<Part> missing) throws IOException {
    List<Path> left = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.{dp,part}")) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        if (missing.stream().noneMatch(each -> name.startsWith(each.digest()))) {
          left.add(file);
        }
      }
    }
    for (Path file : left) {
      DurableFiles.delete(file);
    }
  }

  private Optional<String> install(List<SetInstaller.Candidate> set, Journal journal)
      throws RefusedException, IOException, InterruptedException {
    SetInstaller sets = means.sets();
    sets.admit(set);
    SetStep.ADMITTED.reached();
    boolean restart = sets.needsRestart(set);
    Map<String, String> digests = new LinkedHashMap<>();
    List<String> names = new ArrayList<>();
    for (SetInstaller.Candidate each : set) {
      digests.put(each.info().name(), each.info().digest());
      names.add(each.info().toString());
    }
    String all = String.join(", ", names);
    journal.tell("installing " + all + (restart ? "; the gateway starts anew with them" : ""));
    journal.installing(digests);
    SetStep.SET_NOTED.reached();
    if (restart) {
      sets.stage(set);
      return Optional.empty();
    }
    sets.install(set);
    return Optional.of(all + " installed, and works");
  }
}
