// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.install;

import io.kete.container.deploy.pack.PackageInfo;
import io.kete.container.deploy.pack.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Installs several packages: all of them, or none. For one thread at a time. */
public final class SetInstaller {

  private static final Logger logger = LoggerFactory.getLogger(SetInstaller.class);

  private final Installer installer;
  private final SetFolder folder;
  private final Trials trials;
  private final Supplier<Judge> judges;

  SetInstaller(Installer installer, SetFolder folder, Trials trials, Supplier<Judge> judges) {
    this.installer = installer;
    this.folder = folder;
    this.trials = trials;
    this.judges = judges;
  }

  /**
   * A package that is to be installed.
   *
   * @param info what is in it
   * @param file where it lies; it moves from there
   * @param model whether it brings a model
   */
  public record Candidate(PackageInfo info, Path file, boolean model) {}

  /** Throws unless all may be installed here, together. Changes nothing. */
  public void admit(List<Candidate> set) throws RefusedException {
    Map<String, String> owners = new HashMap<>();
    for (Candidate each : set) {
      for (PackageInfo.Part part : each.info().parts()) {
        String other = owners.put(part.symbolicName(), each.info().name());
        if (other != null) {
          throw new RefusedException(
              part.symbolicName() + " is in " + other + " and in " + each.info().name());
        }
      }
      try {
        installer.admit(each.info());
      } catch (RefusedException e) {
        throw new RefusedException(each.info() + ": " + e.reason(), e);
      }
    }
  }

  /** Whether the framework has to start anew for one of them. */
  public boolean needsRestart(List<Candidate> set) {
    return set.stream().anyMatch(each -> installer.needsRestart(each.info()));
  }

  /**
   * Installs admitted packages in their order, those with models when all others work and the set
   * is decided for: a slot that has changed to a newer model does not go back by itself, so that
   * from then on a kill has to leave the new set.
   *
   * @throws RefusedException when they do not work; then what was there before is back
   */
  public void install(List<Candidate> set)
      throws RefusedException, IOException, InterruptedException {
    Judge judge = judges.get();
    Judge.Before before = judge.look();
    folder.stage(set);
    SetStep.SET_STAGED.reached();
    List<PackageInfo> begun = new ArrayList<>();
    try {
      begin(set, false, begun);
      require(judge, begun, before);
      SetStep.SET_JUDGED.reached();
      folder.decide();
      if (begun.size() < set.size()) {
        begin(set, true, begun);
        require(judge, begun, before);
      }
    } catch (RefusedException e) {
      folder.undecide();
      SetStep.SET_FELL_THROUGH.reached();
      String now = takeBack(begun);
      folder.clear();
      SetStep.SET_TAKEN_BACK.reached();
      throw new RefusedException(e.reason() + "; " + now, e);
    }
    folder.commit(begun);
    logger.info("package_set_installed packages={}", begun);
  }

  private void begin(List<Candidate> set, boolean models, List<PackageInfo> begun)
      throws RefusedException {
    for (Candidate each : set) {
      if (each.model() == models) {
        begun.add(each.info());
        installer.begin(each.info(), folder.file(each.info().name()));
        SetStep.PART_INSTALLED.reached();
      }
    }
  }

  private static void require(Judge judge, List<PackageInfo> begun, Judge.Before before)
      throws RefusedException, InterruptedException {
    Optional<String> fault = begun.isEmpty() ? Optional.empty() : judge.await(begun, before);
    if (fault.isPresent()) {
      throw new RefusedException(fault.get());
    }
  }

  /** What is wrong with installed packages that nobody could judge when they came. */
  public Optional<String> fault(Set<String> names) throws InterruptedException {
    Judge judge = judges.get();
    return judge.await(
        names.stream().flatMap(name -> installer.installed(name).stream()).toList(), judge.look());
  }

  /** The last one first. */
  private String takeBack(List<PackageInfo> begun) {
    List<PackageInfo> backwards = new ArrayList<>(begun);
    Collections.reverse(backwards);
    List<String> told = new ArrayList<>();
    for (PackageInfo info : backwards) {
      told.add(info.name() + ": " + installer.takeBack(info));
    }
    return String.join("; ", told);
  }

  /** Has admitted packages installed with another start; the verdict comes after it. */
  public void stage(List<Candidate> set) throws RefusedException, IOException {
    trials.requireLauncher();
    trials.stageAll(set, judges.get().look());
    SetStep.SET_ON_TRIAL.reached();
    logger.info("package_set_on_trial packages={}", set.stream().map(Candidate::info).toList());
    trials.startAgain();
  }

  /** Whether this run of the framework tries exactly these files, by name and digest. */
  public boolean isOnTrial(Map<String, String> set) throws IOException {
    for (Map.Entry<String, String> each : set.entrySet()) {
      if (!trials.isOnTrial(each.getKey()) || !trials.has(each.getKey(), each.getValue())) {
        return false;
      }
    }
    return !set.isEmpty();
  }

  /**
   * Judges the set this run tries; a good one becomes the installed one.
   *
   * @throws RefusedException when it does not work; the framework has to start anew without it
   */
  public void decide(Map<String, String> set)
      throws RefusedException, IOException, InterruptedException {
    List<PackageInfo> packages = new ArrayList<>();
    for (String name : set.keySet()) {
      packages.add(trials.read(name));
    }
    Judge.Before before = trials.before(packages.get(0).name());
    Optional<String> fault = judges.get().await(packages, before);
    if (fault.isPresent()) {
      throw new RefusedException(fault.get() + "; the former versions are back");
    }
    SetStep.TRIAL_DONE.reached();
    folder.commitTrial(trials.path(packages.get(0).name()).resolveSibling(""), packages);
    trials.tidy();
    logger.info("package_set_installed packages={}", packages);
  }

  /** Takes away what an earlier run left and did not decide for. */
  public void tidy() throws IOException {
    folder.clear();
  }

  /** Starts the framework anew, without what was on trial. */
  public void startAgain() throws RefusedException, IOException {
    trials.tidy();
    trials.startAgain();
  }
}
