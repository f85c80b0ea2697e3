// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime;

import io.kete.data.api.StatusSource;
import io.kete.model.api.ModelSlot;
import io.kete.model.runtime.order.Post;
import io.kete.model.runtime.slot.Guards;
import io.kete.model.runtime.slot.SlotCore;
import io.kete.model.runtime.slot.SlotSettings;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.configuration.ConfigurationService;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * One slot for each configuration. Registers the {@link ModelSlot} itself, because its name is a
 * service property that only the configuration knows. Takes changes by {@code @Modified}: a restart
 * would leave samples without a score.
 */
@Component(
    name = Slot.PID,
    configurationPid = Slot.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = ConfigurableComponent.class)
@Designate(ocd = SlotConfig.class, factory = true)
public final class Slot implements ConfigurableComponent {

  /** Name of the component and of its configurations. */
  public static final String PID = "io.kete.model.runtime.Slot";

  private record Running(
      SlotSettings settings,
      SlotThread thread,
      StateStream events,
      Post post,
      List<ServiceRegistration<?>> registrations) {}

  private final ModelRuntime runtime;
  private final BundleContext context;
  private final String pid;
  private Optional<Running> running = Optional.empty();

  /** Returns at once; models are loaded on the slot's own thread. */
  @Activate
  public Slot(
      @Reference ModelRuntime runtime,
      BundleContext context,
      SlotConfig config,
      Map<String, Object> properties) {
    this(
        runtime,
        context,
        settings(config),
        properties.get(ConfigurationService.KURA_SERVICE_PID) instanceof String pid ? pid : "");
  }

  Slot(ModelRuntime runtime, BundleContext context, SlotSettings settings, String pid) {
    this.runtime = runtime;
    this.context = context;
    this.pid = pid;
    start(settings);
  }

  private static SlotSettings settings(SlotConfig config) {
    return SlotSettings.of(PID, config.slot(), config.model(), config.pin(), config.events_stream())
        .ordered(PID, config.promote(), config.rollback())
        .with(
            Guards.of(
                PID,
                config.shadow_samples(),
                config.shadow_minutes(),
                config.shadow_difference(),
                config.probation_hours(),
                config.wait_seconds()));
  }

  /** Another pin or stream changes the running slot; another name or model needs a new one. */
  @Modified
  void modified(SlotConfig config) {
    change(settings(config));
  }

  synchronized void change(SlotSettings settings) {
    Optional<Running> present = running;
    if (present.isPresent() && present.get().settings().isSameSlot(settings)) {
      Running now = present.get();
      now.events().rename(settings.events());
      now.post().slot().configure(settings);
      running =
          Optional.of(
              new Running(settings, now.thread(), now.events(), now.post(), now.registrations()));
    } else {
      stop();
      start(settings);
    }
  }

  private synchronized void start(SlotSettings settings) {
    SlotThread thread = new SlotThread("model.runtime-" + settings.slot());
    StateStream events = new StateStream(context, settings.events());
    SlotCore core = new SlotCore(settings, runtime.parts(events, thread));
    core.start();
    Post post = new Post(pid, core);
    runtime.orders().add(post);
    running =
        Optional.of(
            new Running(
                settings,
                thread,
                events,
                post,
                List.of(
                    context.registerService(
                        ModelSlot.class, core, property(ModelSlot.SLOT, settings.slot())),
                    context.registerService(
                        StatusSource.class,
                        core,
                        property(StatusSource.AREA, "model." + settings.slot())))));
  }

  @SuppressWarnings("JdkObsolete") // the framework asks for a Dictionary
  private static Dictionary<String, Object> property(String key, String value) {
    Hashtable<String, Object> properties = new Hashtable<>();
    properties.put(key, value);
    return properties;
  }

  /** Ends the slot; what serves is remembered and serves again after the next start. */
  @Deactivate
  synchronized void stop() {
    Optional<Running> present = running;
    running = Optional.empty();
    present.ifPresent(
        r -> {
          r.registrations().forEach(ServiceRegistration::unregister);
          runtime.orders().remove(r.post());
          r.post().slot().close();
          r.thread().close();
          r.events().close();
        });
  }
}
