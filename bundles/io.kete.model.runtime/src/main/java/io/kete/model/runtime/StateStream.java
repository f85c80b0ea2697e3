// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime;

import io.kete.buffer.api.AppendCallback;
import io.kete.buffer.api.Refusal;
import io.kete.buffer.api.Stream;
import io.kete.data.api.Sample;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands state changes over to a stream. While the stream is not there or takes nothing, the newest
 * ones wait.
 */
final class StateStream implements Consumer<Sample>, AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(StateStream.class);
  private static final int MAX_WAITING = 64;

  private final ServiceTracker<Stream, Stream> tracker;
  private final Deque<Sample> waiting = new ArrayDeque<>();
  private volatile String name;

  StateStream(BundleContext context, String name) {
    this.name = name;
    this.tracker =
        new ServiceTracker<>(context, Stream.class, null) {
          @Override
          public Stream addingService(ServiceReference<Stream> reference) {
            Stream stream = super.addingService(reference);
            if (StateStream.this.name.equals(reference.getProperty(Stream.NAME))) {
              flush(stream);
            }
            return stream;
          }
        };
    tracker.open();
  }

  void rename(String other) {
    name = other;
    find().ifPresent(this::flush);
  }

  private Optional<Stream> find() {
    ServiceReference<Stream>[] references = tracker.getServiceReferences();
    if (references != null) {
      for (ServiceReference<Stream> reference : references) {
        if (name.equals(reference.getProperty(Stream.NAME))) {
          return Optional.ofNullable(tracker.getService(reference));
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public void accept(Sample sample) {
    if (!name.isEmpty()) {
      keep(sample);
      find().ifPresent(this::flush);
    }
  }

  private void keep(Sample sample) {
    synchronized (waiting) {
      if (waiting.size() == MAX_WAITING) {
        waiting.removeFirst();
        logger.warn("state_change_unsent stream={} reason=too_many_wait", name);
      }
      waiting.addLast(sample);
    }
  }

  private void flush(Stream stream) {
    int left;
    synchronized (waiting) {
      left = waiting.size();
    }
    for (; left > 0; left--) {
      Optional<Sample> next = next();
      if (next.isEmpty()) {
        return;
      }
      stream.append(next.get(), new Answer(next.get()));
    }
  }

  private Optional<Sample> next() {
    synchronized (waiting) {
      return Optional.ofNullable(waiting.pollFirst());
    }
  }

  private final class Answer implements AppendCallback {
    private final Sample sample;

    Answer(Sample sample) {
      this.sample = sample;
    }

    @Override
    public void accepted(long seq) {
      logger.debug("state_change_stored stream={} seq={}", name, seq);
    }

    @Override
    public void refused(Refusal why) {
      logger.warn("state_change_unsent stream={} reason={}", name, why.message());
      if (why.cause() != Refusal.Cause.INVALID) {
        keep(sample);
      }
    }
  }

  @Override
  public void close() {
    tracker.close();
  }
}
