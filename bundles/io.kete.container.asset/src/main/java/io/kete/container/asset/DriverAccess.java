// SPDX-License-Identifier: EPL-2.0
package io.kete.container.asset;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.driver.Driver;
import org.eclipse.kura.driver.PreparedRead;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the driver that is there now. The read of all channels is prepared once for each driver, and
 * again when another one has taken its place.
 */
final class DriverAccess {

  private static final Logger logger = LoggerFactory.getLogger(DriverAccess.class);

  private static final long CLOSE_MILLIS = 1000;

  private final String assetPid;
  private final String driverPid;
  private final Supplier<Optional<Driver>> driver;
  private final List<Channel> channels;
  private final ReentrantLock lock = new ReentrantLock(true);
  private @Nullable Driver preparedFor;
  private @Nullable PreparedRead prepared;

  /**
   * @param channels what {@link #readAll} reads
   */
  DriverAccess(AssetSettings settings, Supplier<Optional<Driver>> driver, List<Channel> channels) {
    this.assetPid = settings.pid();
    this.driverPid = settings.driverPid();
    this.driver = driver;
    this.channels = channels;
  }

  /** Reads every channel; a failure stands in the records. */
  List<ChannelRecord> readAll() {
    lock.lock();
    try {
      Optional<Driver> present = driver.get();
      if (present.isEmpty()) {
        if (preparedFor != null) {
          logger.warn("driver_lost asset={} driver={}", assetPid, driverPid);
        }
        forget();
        return failed(channels, absent());
      }
      PreparedRead read = prepare(present.get());
      return read == null ? readPlain(present.get(), channels) : finish(read.execute(), channels);
    } catch (Driver.ConnectionException | KuraException e) {
      return failed(channels, String.valueOf(e.getMessage()));
    } finally {
      lock.unlock();
    }
  }

  /** Reads these channels; a failure stands in the records. */
  List<ChannelRecord> read(List<Channel> wanted) {
    if (wanted.isEmpty()) {
      return List.of();
    }
    lock.lock();
    try {
      Optional<Driver> present = driver.get();
      return present.isEmpty() ? failed(wanted, absent()) : readPlain(present.get(), wanted);
    } catch (Driver.ConnectionException e) {
      return failed(wanted, String.valueOf(e.getMessage()));
    } finally {
      lock.unlock();
    }
  }

  /** Writes the records; a failure stands in them. */
  void write(List<ChannelRecord> records) {
    if (records.isEmpty()) {
      return;
    }
    lock.lock();
    try {
      Optional<Driver> present = driver.get();
      if (present.isPresent()) {
        present.get().write(records);
      } else {
        records.forEach(record -> Records.fail(record, absent()));
      }
    } catch (Driver.ConnectionException e) {
      String reason = String.valueOf(e.getMessage());
      records.stream()
          .filter(record -> record.getChannelStatus() == null)
          .forEach(record -> Records.fail(record, reason));
    } finally {
      lock.unlock();
    }
  }

  /** Gives the prepared read up; a read that is under way is waited for, but not for ever. */
  void close() {
    try {
      if (lock.tryLock(CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
        try {
          forget();
        } finally {
          lock.unlock();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String absent() {
    return "driver " + driverPid + " is not there";
  }

  /** The prepared read of this driver; null when it knows no such thing. */
  private @Nullable PreparedRead prepare(Driver present) {
    if (preparedFor != present) {
      forget();
      try {
        prepared = present.prepareRead(channels.stream().map(ChannelKeys::readRecord).toList());
      } catch (UnsupportedOperationException e) {
        logger.debug("prepared_read_refused driver={}", driverPid, e);
      }
      preparedFor = present;
      logger.info("driver_found asset={} driver={}", assetPid, driverPid);
    }
    return prepared;
  }

  private static List<ChannelRecord> readPlain(Driver present, List<Channel> wanted)
      throws Driver.ConnectionException {
    List<ChannelRecord> records = wanted.stream().map(ChannelKeys::readRecord).toList();
    present.read(records);
    return finish(records, wanted);
  }

  private static List<ChannelRecord> finish(List<ChannelRecord> read, List<Channel> wanted) {
    List<ChannelRecord> finished = new ArrayList<>(wanted.size());
    for (int i = 0; i < wanted.size(); i++) {
      finished.add(finish(read, i, wanted.get(i)));
    }
    return finished;
  }

  /** Drivers keep the order as a rule, but nothing binds them to. */
  private static ChannelRecord finish(List<ChannelRecord> read, int index, Channel channel) {
    String name = channel.getName();
    if (index < read.size() && name.equals(read.get(index).getChannelName())) {
      return Records.finish(read.get(index), channel);
    }
    return read.stream()
        .filter(record -> name.equals(record.getChannelName()))
        .findFirst()
        .map(record -> Records.finish(record, channel))
        .orElseGet(() -> Records.failed(channel, "the driver left the channel out"));
  }

  private static List<ChannelRecord> failed(List<Channel> wanted, String reason) {
    return wanted.stream().map(channel -> Records.failed(channel, reason)).toList();
  }

  private void forget() {
    PreparedRead old = prepared;
    prepared = null;
    preparedFor = null;
    if (old == null) {
      return;
    }
    try {
      old.close();
    } catch (Exception e) {
      // AutoCloseable declares Exception; whatever a driver throws here, its read is given up
      logger.debug("prepared_read_close_failed driver={}", driverPid, e);
    }
  }
}
