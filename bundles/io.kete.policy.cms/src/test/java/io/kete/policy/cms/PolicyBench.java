// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms;

import io.kete.data.api.Block;
import io.kete.data.api.BlockId;
import io.kete.data.api.ClockQuality;
import io.kete.data.api.Lineage;
import io.kete.data.api.Reading;
import io.kete.data.api.Sample;
import io.kete.policy.api.Sealing;
import io.kete.policy.cms.envelope.EpochLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.kura.type.TypedValues;
import org.jspecify.annotations.Nullable;

/** A data policy in a folder of its own, with a clock that stands still until it is moved. */
public final class PolicyBench implements AutoCloseable {

  public static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  private final Path folder;
  private final boolean allowUnsigned;
  private final HandClock clock = new HandClock();
  private final AtomicLong nanos = new AtomicLong();
  private EpochLimits limits = new EpochLimits(Duration.ofHours(24), 1L << 20);
  private String document = "";
  private String signature = "";
  private String file = "";
  private String rotation = "";
  private Set<String> erased = Set.of();
  private @Nullable CmsPolicy policy;

  public PolicyBench(Path folder, boolean allowUnsigned) {
    this.folder = folder;
    this.allowUnsigned = allowUnsigned;
  }

  /** The policy of a document that need not be signed. */
  public static PolicyBench unsigned(Path folder, String document) {
    return new PolicyBench(folder, true).document(document).start();
  }

  public PolicyBench limits(Duration age, long uses) {
    limits = new EpochLimits(age, uses);
    return this;
  }

  public PolicyBench document(String text) {
    document = text;
    return this;
  }

  public PolicyBench signature(byte[] der) {
    signature = Base64.getEncoder().encodeToString(der);
    return this;
  }

  public PolicyBench file(String name) {
    file = name;
    return this;
  }

  public PolicyBench rotation(String text) {
    rotation = text;
    return this;
  }

  public PolicyBench erase(String... epochs) {
    erased = Set.of(epochs);
    return this;
  }

  public PolicyBench certificate(String file, Identity identity) throws IOException {
    identity.store(folder.resolve("certificates").resolve(file));
    return this;
  }

  public PolicyBench anchor(String file, Identity identity) throws IOException {
    identity.store(folder.resolve("anchors").resolve(file));
    return this;
  }

  public PolicyBench start() {
    Folders folders = new Folders(folder, folder.resolve("data"), allowUnsigned);
    policy = new CmsPolicy(settings(), folders, clock, nanos::get, Optional::empty);
    policy.identity(); // waits until the settings took effect
    return this;
  }

  /** As after a change of the configuration. */
  public PolicyBench apply() {
    policy().configure(settings());
    return this;
  }

  /** As after a restart of the gateway. */
  public PolicyBench restart() {
    close();
    return start();
  }

  private PolicySettings settings() {
    return new PolicySettings(
        document,
        file,
        signature,
        folder.resolve("certificates"),
        folder.resolve("anchors"),
        limits,
        rotation,
        erased,
        folder);
  }

  public void moveTo(Instant instant) {
    clock.now = instant;
  }

  public void pass(Duration time) {
    clock.now = clock.now.plus(time);
    nanos.addAndGet(time.toNanos());
  }

  public CmsPolicy policy() {
    return Objects.requireNonNull(policy, "not started");
  }

  public Path folder() {
    return folder;
  }

  public Sealing seal(Sample... samples) {
    return policy().seal(new BlockId("gw-1", "telemetry", 1, 17, samples.length), List.of(samples));
  }

  /** What is open of a single sample. */
  public List<Reading> open(Sample sample) {
    Block block = seal(sample).block();
    return block.open().get(0).readings();
  }

  /** Problems the operator is told. */
  public List<String> problems() {
    return policy().status().problems();
  }

  /** A sample with readings {@code channel, value, channel, value...}; numbers, texts. */
  public static Sample sample(String asset, Object... channelsAndValues) {
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < channelsAndValues.length; i += 2) {
      readings.add(
          Reading.Measured.good(
              (String) channelsAndValues[i],
              TypedValues.newTypedValue(channelsAndValues[i + 1]),
              "",
              NOW.toEpochMilli()));
    }
    return new Sample(asset, NOW.toEpochMilli(), ClockQuality.SYNCHRONISED, readings);
  }

  /** The sample with a model that made one channel from others. */
  public static Sample derived(Sample sample, String output, String... inputs) {
    List<Lineage> lineage = new ArrayList<>(sample.lineage());
    lineage.add(new Lineage("slot", "model", "1.0.0", "abcd", List.of(inputs), List.of(output)));
    return new Sample(
        sample.asset(), sample.timeMillis(), sample.clock(), sample.readings(), lineage);
  }

  @Override
  public void close() {
    policy().deactivate();
  }

  private static final class HandClock extends Clock {
    private volatile Instant now = NOW;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
