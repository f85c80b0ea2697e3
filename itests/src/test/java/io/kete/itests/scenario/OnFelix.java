// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.data.api.Status;
import io.kete.data.api.StatusSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ConfigurationService;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** A scenario inside the framework, with the means to look at the gateway from within. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public abstract class OnFelix {

  static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject protected BundleContext context;

  Peer peer() {
    return new Peer(Integer.getInteger(Platform.WORLD, 0));
  }

  Path data() {
    return Path.of(String.valueOf(context.getProperty("kete.data")));
  }

  /** Everything that was logged so far. */
  List<String> log() {
    try {
      return Files.readAllLines(data().resolve("log/kete.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> logged(String event) {
    return log().stream().filter(line -> line.contains(" " + event)).toList();
  }

  <T> T service(Class<T> type) {
    return service(type, "(objectClass=*)").orElseThrow(() -> new AssertionError("no " + type));
  }

  <T> Optional<T> service(Class<T> type, String filter) {
    try {
      for (ServiceReference<T> reference : context.getServiceReferences(type, filter)) {
        return Optional.ofNullable(context.getService(reference));
      }
      return Optional.empty();
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException(filter, e);
    }
  }

  Optional<Status> status(String area) {
    return service(StatusSource.class, "(" + StatusSource.AREA + "=" + area + ")")
        .map(StatusSource::status);
  }

  /** What the areas with this name, or whose names begin with it, complain about. */
  List<String> problems(String area) {
    List<String> problems = new ArrayList<>();
    String filter = "(|(%1$s=%2$s)(%1$s=%2$s.*))".formatted(StatusSource.AREA, area);
    try {
      for (ServiceReference<StatusSource> one :
          context.getServiceReferences(StatusSource.class, filter)) {
        problems.addAll(context.getService(one).status().problems());
      }
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException(area, e);
    }
    return problems;
  }

  /** A number of a status; 0 when it is not there. */
  long fact(String area, String name) {
    return status(area)
        .map(status -> status.facts().get(name))
        .map(value -> ((Number) value).longValue())
        .orElse(0L);
  }

  /** Disables a route and waits until it stands. */
  void stopRoute(String pid) throws KuraException {
    service(ConfigurationService.class).updateConfiguration(pid, Map.of("enabled", false));
    Eventually.holds(
        PATIENCE,
        () ->
            assertThat(status("route." + pid).orElseThrow().facts())
                .containsEntry("state", "disabled"));
  }

  /** Polls of a device whose route stands: one request for each table and poll. */
  long polls(int device) {
    Eventually.holds(
        PATIENCE,
        () -> {
          List<Long> served = peer().served(device);
          assertThat(served).as("no poll is under way").containsOnly(served.get(0));
        });
    return peer().served(device).get(0);
  }

  /** The stream is empty and what it held has arrived, whole. */
  void awaitEverything(String stream) {
    String area = "buffer." + stream;
    Eventually.holds(
        PATIENCE,
        () -> {
          assertThat(fact(area, "buffered")).isZero();
          assertThat(peer().counts(stream).get(0)).isEqualTo(fact(area, "accepted"));
          assertThat(peer().faults(stream)).isEmpty();
        });
  }

  /** All bundles run, and no component waits for something. */
  void assertComplete() {
    Eventually.holds(
        PATIENCE,
        () -> {
          assertThat(sleepingBundles()).isEmpty();
          assertThat(unsatisfiedComponents()).isEmpty();
        });
  }

  private List<String> sleepingBundles() {
    List<String> sleeping = new ArrayList<>();
    for (Bundle bundle : context.getBundles()) {
      boolean fragment = bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null;
      // a fragment for another processor is never resolved
      if (!fragment && bundle.getState() != Bundle.ACTIVE) {
        sleeping.add(bundle + " is in state " + bundle.getState());
      }
    }
    return sleeping;
  }

  /** Components with a configuration that cannot be made active. */
  List<String> unsatisfiedComponents() {
    ServiceComponentRuntime runtime = service(ServiceComponentRuntime.class);
    List<String> unsatisfied = new ArrayList<>();
    for (ComponentDescriptionDTO component : runtime.getComponentDescriptionDTOs()) {
      for (ComponentConfigurationDTO one : runtime.getComponentConfigurationDTOs(component)) {
        if (one.state != ComponentConfigurationDTO.ACTIVE
            && one.state != ComponentConfigurationDTO.SATISFIED) {
          unsatisfied.add(
              component.name
                  + " "
                  + one.properties.get("kura.service.pid")
                  + " is in state "
                  + one.state
                  + (one.failure == null ? "" : ": " + one.failure));
        }
      }
    }
    return unsatisfied;
  }
}
