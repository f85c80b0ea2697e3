// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms;

import io.kete.data.api.Block;
import io.kete.data.api.BlockId;
import io.kete.data.api.Sample;
import io.kete.data.api.Status;
import io.kete.data.api.StatusSource;
import io.kete.policy.api.DataPolicy;
import io.kete.policy.api.PolicyIdentity;
import io.kete.policy.api.Resealed;
import io.kete.policy.api.Sealing;
import io.kete.policy.api.Signer;
import io.kete.policy.api.Treatment;
import io.kete.policy.api.Verdict;
import io.kete.policy.api.Verifier;
import io.kete.policy.cms.envelope.Lanes.EpochMaker;
import io.kete.policy.cms.trust.CmsSigner;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.request.RequestHandlerRegistry;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.security.keystore.KeystoreService;
import org.osgi.framework.BundleContext;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data policy of the gateway. A change of the configuration takes effect between two blocks; a
 * restart would cost the key epochs.
 */
@Component(
    name = CmsPolicy.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    service = {
      ConfigurableComponent.class,
      DataPolicy.class,
      StatusSource.class,
      Verifier.class,
      Signer.class
    },
    property = StatusSource.AREA + "=policy")
@Designate(ocd = CmsPolicyConfig.class)
public final class CmsPolicy
    implements ConfigurableComponent, DataPolicy, StatusSource, Verifier, Signer {

  /** Name of the component and of its configuration. */
  public static final String PID = "io.kete.policy.cms.CmsPolicy";

  private static final Logger logger = LoggerFactory.getLogger(CmsPolicy.class);
  private static final int MAX_IDLE_SEALERS = 16;
  private static final long STOP_MILLIS = 2000;

  private final Path config;
  private final PolicyControl control;
  private final Pseudonyms pseudonyms;
  private final DeviceKeys deviceKeys;
  private final SealCounters counters = new SealCounters();
  private final Deque<BlockSealer> sealers = new ConcurrentLinkedDeque<>();
  private final PolicyRequests requests;
  private final Supplier<Optional<String>> host;
  private final Thread warmUp;

  /** Called by the container. */
  @Activate
  public CmsPolicy(CmsPolicyConfig config, BundleContext context) {
    this(
        settings(config, context),
        Folders.of(context),
        Clock.systemUTC(),
        System::nanoTime,
        () -> HostSecret.problem(context));
  }

  private static PolicySettings settings(CmsPolicyConfig config, BundleContext context) {
    return PolicySettings.of(config, Folders.of(context).config());
  }

  CmsPolicy(
      PolicySettings settings,
      Folders folders,
      Clock clock,
      LongSupplier nanoTime,
      Supplier<Optional<String>> host) {
    this.host = host;
    this.config = folders.config();
    this.pseudonyms = new Pseudonyms(folders.data());
    this.deviceKeys = new DeviceKeys(folders.data(), clock);
    this.control = new PolicyControl(settings, folders, clock, nanoTime, new EpochMaker());
    this.requests = new PolicyRequests(this::status, control::rotate, control::reload);
    this.warmUp = new Thread(this::warmUp, "policy-1");
    warmUp.setDaemon(true);
    warmUp.start();
  }

  private void warmUp() {
    control.begin();
    control.prepare();
  }

  /** Takes a changed configuration; a wrong one leaves everything as it is. */
  @Modified
  void modified(CmsPolicyConfig changed) {
    configure(PolicySettings.of(changed, config));
  }

  void configure(PolicySettings settings) {
    control.configure(settings);
  }

  /** One for each cloud connection; requests come on its threads. */
  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindRegistry(RequestHandlerRegistry registry) {
    try {
      registry.registerRequestHandler(PolicyRequests.APPLICATION, requests);
    } catch (KuraException e) {
      logger.warn("request_handler_refused application={}", PolicyRequests.APPLICATION, e);
    }
  }

  void unbindRegistry(RequestHandlerRegistry registry) {
    try {
      registry.unregister(PolicyRequests.APPLICATION);
    } catch (KuraException e) {
      logger.debug("request_handler_gone application={}", PolicyRequests.APPLICATION, e);
    }
  }

  /** Where the signing key is when the configuration names a keystore. */
  @Reference(
      name = "KeystoreService",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY,
      target = "(kura.service.pid=none)")
  void bindKeystore(KeystoreService keystore) {
    deviceKeys.keystore(Optional.of(keystore));
  }

  void unbindKeystore(KeystoreService keystore) {
    deviceKeys.gone(keystore);
  }

  /** Called by the container. */
  @Deactivate
  void deactivate() {
    try {
      warmUp.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sealers.clear();
    logger.info("policy_stopped version={}", identity().version());
  }

  @Override
  public Sealing seal(BlockId id, List<Sample> samples) {
    BlockSealer idle = sealers.pollFirst();
    BlockSealer sealer = idle == null ? new BlockSealer() : idle;
    Sealing sealing = sealer.seal(control.inForce(), pseudonyms, counters, id, samples);
    if (sealers.size() < MAX_IDLE_SEALERS) {
      sealers.addFirst(sealer);
    }
    return sealing;
  }

  @Override
  public Optional<Resealed> reseal(List<Block> blocks, Function<List<Block>, byte[]> form) {
    return new Resealer(control.inForce().lanes()).reseal(blocks, form);
  }

  @Override
  public Set<String> erasedEpochs() {
    return control.erased();
  }

  @Override
  public Treatment treatment(String asset, String channel) {
    return control.inForce().decisions().of(asset, channel).treatment();
  }

  @Override
  public PolicyIdentity identity() {
    return control.inForce().identity();
  }

  @Override
  public Verdict verify(Purpose purpose, InputStream content, Optional<ByteBuffer> signature)
      throws IOException {
    return control.verifier().verify(purpose, content, signature);
  }

  @Override
  public Optional<ByteBuffer> sign(InputStream content) throws IOException {
    Optional<CmsSigner> signer = deviceKeys.signer();
    return signer.isEmpty() ? Optional.empty() : Optional.of(signer.get().sign(content));
  }

  @Override
  public Status status() {
    Status own = control.status(counters, pseudonyms);
    Optional<String> secret = host.get();
    if (secret.isEmpty()) {
      return own;
    }
    List<String> problems = new ArrayList<>(own.problems());
    problems.add(secret.get());
    return new Status(problems, own.facts());
  }
}
