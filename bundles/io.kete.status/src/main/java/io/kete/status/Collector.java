// SPDX-License-Identifier: EPL-2.0
package io.kete.status;

import io.kete.data.api.StatusSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the sources. One that hangs keeps its thread and is not asked again until it came back; one
 * that fails is said to have failed. Neither touches the others.
 */
final class Collector implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(Collector.class);
  private static final int MAX_THREADS = 4;
  private static final int MAX_SOURCES = 200;
  private static final long KEEP_SECONDS = 10;

  private final Duration patience;
  private final List<Source> sources = new CopyOnWriteArrayList<>();
  private final Map<Source, Future<Area>> hanging = new ConcurrentHashMap<>();
  private final Map<Source, Boolean> complained = new ConcurrentHashMap<>();
  private final ThreadPoolExecutor threads;

  /**
   * Knows no source yet.
   *
   * @param patience how long one source may take; all together may take four times as long
   */
  Collector(Duration patience) {
    this.patience = patience;
    AtomicInteger number = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            0,
            MAX_THREADS,
            KEEP_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> {
              Thread made = new Thread(task, "status-source-" + number.incrementAndGet());
              made.setDaemon(true);
              return made;
            });
  }

  /** Compared by identity: two areas may have the same name. */
  private static final class Source {
    private final String area;
    private final StatusSource service;

    private Source(String area, StatusSource service) {
      this.area = area;
      this.service = service;
    }
  }

  void add(String area, StatusSource service) {
    sources.add(new Source(Bounds.text(area), service));
  }

  void remove(StatusSource service) {
    for (Source source : List.copyOf(sources)) {
      if (source.service == service) {
        sources.remove(source);
        hanging.remove(source);
        complained.remove(source);
      }
    }
  }

  /** What the sources say now. */
  List<Area> collect() throws InterruptedException {
    long end = System.nanoTime() + patience.multipliedBy(MAX_THREADS).toNanos();
    List<Area> areas = new ArrayList<>();
    for (Source source : sources) {
      if (areas.size() == MAX_SOURCES) {
        break;
      }
      areas.add(
          System.nanoTime() < end
              ? ask(source)
              : Area.silent(source.area, "was not asked, because others took too long"));
    }
    return areas;
  }

  private Area ask(Source source) throws InterruptedException {
    Future<Area> before = hanging.get(source);
    if (before != null && !before.isDone()) {
      return Area.silent(source.area, "still does not answer");
    }
    hanging.remove(source);
    try {
      Future<Area> answer = threads.submit(() -> Bounds.area(source.area, source.service.status()));
      return await(source, answer);
    } catch (RejectedExecutionException full) {
      return Area.silent(source.area, "was not asked, because others do not answer");
    }
  }

  private Area await(Source source, Future<Area> answer) throws InterruptedException {
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      hanging.put(source, answer);
      complain(source, late);
      return Area.silent(source.area, "does not answer");
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause() == null ? failed : failed.getCause();
      complain(source, cause);
      return Area.silent(source.area, "cannot tell its state: " + cause.getClass().getSimpleName());
    }
  }

  private void complain(Source source, Throwable cause) {
    if (complained.putIfAbsent(source, true) == null) {
      logger.warn("status_source_failed area={}", source.area, cause);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
