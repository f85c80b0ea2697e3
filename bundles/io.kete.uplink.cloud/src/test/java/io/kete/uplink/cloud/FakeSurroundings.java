// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import io.kete.data.api.StatusSource;
import io.kete.uplink.cloud.exit.Exit;
import io.kete.uplink.cloud.exit.PublisherExit;
import io.kete.uplink.cloud.pace.DayCount;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** A gateway with one stream and one publisher. */
final class FakeSurroundings implements Surroundings {

  final AtomicInteger registered = new AtomicInteger();
  private final FakeStream stream;
  private final FakePublisher publisher;
  private final int priority;
  private final BooleanSupplier connected;

  FakeSurroundings(FakeStream stream, FakePublisher publisher) {
    this(stream, publisher, 5, () -> true);
  }

  FakeSurroundings(
      FakeStream stream, FakePublisher publisher, int priority, BooleanSupplier connected) {
    this.stream = stream;
    this.publisher = publisher;
    this.priority = priority;
    this.connected = connected;
  }

  @Override
  public FakeStream stream() {
    return stream;
  }

  @Override
  public int priority() {
    return priority;
  }

  @Override
  public Optional<Exit> exit(Way way) {
    return way.kind() == Way.Kind.CLOUD_PUBLISHER
        ? Optional.of(new PublisherExit(publisher, connected))
        : Optional.empty();
  }

  @Override
  public DayCount today() {
    return new DayCount(Optional.empty());
  }

  @Override
  public Runnable register(StatusSource source) {
    registered.incrementAndGet();
    return registered::decrementAndGet;
  }

  @Override
  public void close() {}
}
