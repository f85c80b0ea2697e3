// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kete.buffer.api.Stream;
import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import io.kete.model.api.ModelSlot;
import io.kete.route.camel.asset.CountingAsset;
import io.kete.route.camel.buffer.ScriptedStream;
import io.kete.route.camel.ledger.Counts;
import io.kete.route.camel.model.NumberingSlot;
import io.kete.route.camel.service.TrackedDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.LongStream;
import org.awaitility.core.ConditionFactory;
import org.eclipse.kura.asset.Asset;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.type.LongValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** What a route uses is taken away and another one of the same name comes, in a framework. */
class ReplacedServicesTest {
  private static final String PID = "pump";
  private static final long STOP_MILLIS = 10_000;

  @TempDir private Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();
  private Framework framework;
  private RouteHost host;

  @BeforeEach
  void start() throws Exception {
    FrameworkFactory factory = ServiceLoader.load(FrameworkFactory.class).iterator().next();
    framework = factory.newFramework(Map.of(Constants.FRAMEWORK_STORAGE, folder.toString()));
    framework.start();
    BundleContext context = framework.getBundleContext();
    String pid = ConfigurationService.KURA_SERVICE_PID;
    var assets = new TrackedDirectory<>(context, Asset.class, pid);
    var streams = new TrackedDirectory<>(context, Stream.class, Stream.NAME);
    var slots = new TrackedDirectory<>(context, ModelSlot.class, ModelSlot.SLOT);
    host = new RouteHost(assets, streams, slots);
    open.addAll(List.of(host, assets, streams, slots));
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
    framework.stop();
    framework.waitForStop(STOP_MILLIS);
  }

  private <T> ServiceRegistration<T> offer(Class<T> type, T service, String key, String name) {
    return framework
        .getBundleContext()
        .registerService(type, service, FrameworkUtil.asDictionary(Map.of(key, name)));
  }

  private ServiceRegistration<Asset> offer(CountingAsset asset) {
    return offer(Asset.class, asset, ConfigurationService.KURA_SERVICE_PID, "pump-1");
  }

  private ServiceRegistration<Stream> offer(ScriptedStream stream) {
    open.add(stream);
    return offer(Stream.class, stream.committing(), Stream.NAME, "telemetry");
  }

  private ServiceRegistration<ModelSlot> offer(NumberingSlot slot) {
    return offer(ModelSlot.class, slot.model(true), ModelSlot.SLOT, "pump");
  }

  private void apply(String... steps) {
    StringBuilder text =
        new StringBuilder(
            "- route:\n    from:\n      uri: asset:pump-1?period=10&inFlight=8\n      steps:\n");
    for (String step : steps) {
      text.append("        - to: ").append(step).append('\n');
    }
    host.apply(new RouteSettings(PID, text.toString(), true));
  }

  private static ConditionFactory soon() {
    return await()
        .pollInterval(2, MILLISECONDS)
        .pollDelay(Duration.ZERO)
        .atMost(Duration.ofSeconds(10));
  }

  private Counts counts() {
    return host.ledger(PID).counts();
  }

  private static List<Long> values(ScriptedStream stream) {
    return stream.stored().stream().map(sample -> number(sample.readings().get(0))).toList();
  }

  private static long number(Reading reading) {
    return ((LongValue) ((Reading.Measured) reading).value()).getValue();
  }

  private static boolean hasScore(Sample sample) {
    return sample.readings().get(sample.readings().size() - 1).channel().equals("score");
  }

  @Test
  void samplesThatWaitForAStreamGoToTheOneThatReplacesIt() {
    ScriptedStream first = new ScriptedStream();
    ScriptedStream second = new ScriptedStream();
    ServiceRegistration<Stream> going = offer(first);
    offer(new CountingAsset());
    apply("buffer:telemetry");
    soon().until(() -> counts().accepted() >= 5);
    going.unregister();
    soon().until(() -> counts().inRoute() == 8);
    offer(second);
    soon().until(() -> second.stored().size() >= 20);
    List<Long> all = new ArrayList<>(values(first));
    all.addAll(values(second).subList(0, 20));
    assertThat(all).isEqualTo(LongStream.rangeClosed(1, all.size()).boxed().toList());
    assertThat(counts().failed()).isEmpty();
  }

  @Test
  void aRouteWhoseAssetIsAwayDeliversToTheStreamThatWasReplacedMeanwhile() {
    ScriptedStream second = new ScriptedStream();
    ServiceRegistration<Stream> going = offer(new ScriptedStream());
    ServiceRegistration<Asset> asset = offer(new CountingAsset());
    apply("buffer:telemetry");
    soon().until(() -> counts().accepted() >= 5);
    asset.unregister();
    soon().until(() -> counts().missed().containsKey("asset_missing"));
    going.unregister();
    offer(second);
    CountingAsset next = new CountingAsset();
    offer(next);
    soon().until(() -> second.stored().size() >= 5);
    assertThat(values(second).subList(0, 5)).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(counts().inRoute()).isLessThanOrEqualTo(1);
  }

  @Test
  void aStreamThatIsReplacedAmongSamplesOnTheirWayLosesNone() {
    List<ScriptedStream> streams = new ArrayList<>(List.of(new ScriptedStream()));
    CountingAsset pump = new CountingAsset();
    ServiceRegistration<Stream> present = offer(streams.get(0));
    offer(pump);
    apply("buffer:telemetry");
    for (int i = 0; i < 10; i++) {
      long before = counts().accepted();
      soon().until(() -> counts().accepted() >= before + 3);
      ScriptedStream next = new ScriptedStream();
      streams.add(next);
      ServiceRegistration<Stream> came = offer(next);
      present.unregister();
      present = came;
    }
    host.apply(new RouteSettings(PID, "", false));
    soon().until(() -> "disabled".equals(host.status(PID).facts().get("state")));
    assertThat(streams.stream().flatMap(stream -> values(stream).stream()))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, pump.reads()).boxed().toList());
  }

  @Test
  void aSlotThatIsReplacedScoresOn() {
    ScriptedStream stream = new ScriptedStream();
    offer(stream);
    offer(new CountingAsset());
    NumberingSlot first = new NumberingSlot();
    NumberingSlot second = new NumberingSlot();
    ServiceRegistration<ModelSlot> going = offer(first);
    apply("model:pump?bind=flow:count", "buffer:telemetry");
    soon().until(() -> stream.stored().stream().anyMatch(ReplacedServicesTest::hasScore));
    going.unregister();
    soon().until(() -> first.open() == 0);
    offer(second);
    soon().until(() -> second.open() == 1);
    int before = stream.stored().size();
    soon().until(() -> stream.stored().size() >= before + 3);
    assertThat(stream.stored().subList(before + 1, before + 3))
        .allMatch(ReplacedServicesTest::hasScore);
    assertThat(counts().failed()).isEmpty();
  }
}
