// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import io.kete.buffer.api.Stream;
import io.kete.buffer.h2.StreamSettings.WhenFull;
import io.kete.data.api.DataDirectory;
import io.kete.data.api.StatusSource;
import io.kete.policy.api.DataPolicy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.crypto.CryptoService;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/**
 * One stream for each configuration. Registers the {@link Stream} itself, because the name of the
 * stream and its status area are service properties that only the configuration knows.
 */
@Component(
    name = H2Stream.PID,
    configurationPid = H2Stream.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = ConfigurableComponent.class)
@Designate(ocd = H2StreamConfig.class, factory = true)
public final class H2Stream implements ConfigurableComponent {

  static final String PID = "io.kete.buffer.h2.H2Stream";

  private record Running(
      StreamSettings settings,
      DurableStream stream,
      ServiceRegistration<Stream> service,
      ServiceRegistration<StatusSource> status) {

    void close() {
      status.unregister();
      service.unregister();
      stream.close();
    }
  }

  private final class Bound implements DurableStream.Services {

    @Override
    public Optional<DataPolicy> policy() {
      return policy;
    }

    @Override
    public Optional<CryptoService> crypto() {
      return crypto;
    }
  }

  private final BundleContext context;
  private volatile Optional<DataPolicy> policy = Optional.empty();
  private volatile Optional<CryptoService> crypto = Optional.empty();
  private volatile Optional<Running> running = Optional.empty();

  /** Called by the component runtime. */
  @Activate
  public H2Stream(BundleContext context, H2StreamConfig config) {
    this(context, settings(context, config));
  }

  H2Stream(BundleContext context, StreamSettings settings) {
    this.context = context;
    start(settings);
  }

  /**
   * Limits change while the stream runs; only another name, gateway or directory needs another
   * store.
   */
  @Modified
  void modified(H2StreamConfig config) {
    change(settings(context, config));
  }

  private synchronized void change(StreamSettings settings) {
    Optional<Running> present = running;
    if (present.isPresent() && present.get().settings().isSameStore(settings)) {
      Running same = present.get();
      same.stream().change(settings);
      same.service().setProperties(properties(settings));
      running = Optional.of(new Running(settings, same.stream(), same.service(), same.status()));
    } else {
      stop();
      start(settings);
    }
  }

  private synchronized void start(StreamSettings settings) {
    SecureRandom random = new SecureRandom();
    DurableStream stream = new DurableStream(settings, () -> random.nextLong() >>> 1, new Bound());
    stream.start();
    policy.ifPresent(present -> stream.policyChanged(present.erasedEpochs()));
    running =
        Optional.of(
            new Running(
                settings,
                stream,
                context.registerService(Stream.class, stream, properties(settings)),
                context.registerService(
                    StatusSource.class,
                    stream,
                    dictionary(Map.of(StatusSource.AREA, "buffer." + settings.stream())))));
  }

  private static Dictionary<String, Object> properties(StreamSettings settings) {
    return dictionary(
        Map.of(
            Stream.NAME, settings.stream(),
            Stream.PRIORITY, settings.sending().priority(),
            Stream.TRANSPORT, settings.sending().transport()));
  }

  @SuppressWarnings("JdkObsolete") // the framework asks for a Dictionary
  private static Dictionary<String, Object> dictionary(Map<String, Object> properties) {
    return new Hashtable<>(properties);
  }

  @Deactivate
  synchronized void stop() {
    Optional<Running> present = running;
    running = Optional.empty();
    present.ifPresent(Running::close);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  synchronized void bindPolicy(DataPolicy bound) {
    policy = Optional.of(bound);
    tell(bound);
  }

  /** The configuration of the policy changed. */
  synchronized void updatedPolicy(DataPolicy changed) {
    tell(changed);
  }

  private void tell(DataPolicy present) {
    running.ifPresent(r -> r.stream().policyChanged(present.erasedEpochs()));
  }

  synchronized void unbindPolicy(DataPolicy unbound) {
    policy = policy.filter(p -> p != unbound);
  }

  /** Protects the key of an encrypted stream. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  synchronized void bindCrypto(CryptoService bound) {
    crypto = Optional.of(bound);
    running.ifPresent(r -> r.stream().resume());
  }

  synchronized void unbindCrypto(CryptoService unbound) {
    crypto = crypto.filter(c -> c != unbound);
  }

  private static StreamSettings settings(BundleContext context, H2StreamConfig config) {
    return new StreamSettings(
        config.stream(),
        config.gateway().isBlank() ? gateway(context) : config.gateway(),
        config.directory().isBlank() ? directory(context, config.stream()) : config.directory(),
        config.commit_max_samples(),
        config.commit_max_blocks(),
        Duration.ofMillis(config.commit_latency_ms()),
        config.segment_bytes(),
        config.max_bytes(),
        WhenFull.of(config.when_full()),
        Duration.ofSeconds(config.max_age()),
        config.min_free_bytes(),
        new Sending(
            config.priority(),
            config.transport(),
            Sending.Laning.of(config.lanes()),
            Duration.ofMillis(config.live_lag_ms()),
            config.replay_limit()),
        encrypted(config.encryption()));
  }

  private static boolean encrypted(String text) {
    StreamSettings.check(
        text.equals("none") || text.equals("device"), "encryption", text, "none or device");
    return text.equals("device");
  }

  private static String gateway(BundleContext context) {
    return Optional.ofNullable(context.getProperty("kete.gateway"))
        .filter(name -> !name.isBlank())
        .orElseGet(H2Stream::hostName);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "kete";
    }
  }

  private static String directory(BundleContext context, String stream) {
    return DataDirectory.of(context::getProperty)
        .map(data -> data.resolve("buffer").resolve(stream).toString())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    PID + ": directory is empty and there is no property kete.data"));
  }
}
