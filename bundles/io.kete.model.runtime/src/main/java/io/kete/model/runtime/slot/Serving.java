// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.slot;

import io.kete.model.api.LoadedModel;
import io.kete.model.api.ModelDescriptor;
import io.kete.model.api.ModelEngine;
import io.kete.model.api.ModelException;
import io.kete.model.api.Output;
import io.kete.model.api.Role;
import io.kete.model.api.SlotState;
import io.kete.model.runtime.content.Candidate;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A version in memory, counting who scores with it. Once it is retired no new lease is given, and
 * the return of the last one closes the session, on the executor and not on the way of a sample.
 */
final class Serving {

  private static final Logger logger = LoggerFactory.getLogger(Serving.class);

  /** Set in the count of leases when the version is retired; makes it negative. */
  private static final int RETIRED = 1 << 31;

  private static final int DIGEST_SHOWN = 12;

  private final Candidate candidate;
  private final Role[] roles;
  private final Output[] outputs;
  private final String digestShown;
  private final ModelEngine engine;
  private final LoadedModel model;
  private final Parts parts;
  private final Health health;
  private final AtomicInteger leases = new AtomicInteger();
  private final AtomicBoolean failureTold = new AtomicBoolean();

  /**
   * @param verdict hears of this version, and empty or what is wrong with it, after each block of
   *     rows
   */
  Serving(
      Candidate candidate,
      ModelEngine engine,
      LoadedModel model,
      Parts parts,
      BiConsumer<Serving, String> verdict) {
    this.candidate = candidate;
    this.engine = engine;
    this.model = model;
    this.parts = parts;
    this.roles = candidate.descriptor().roles().toArray(new Role[0]);
    this.outputs = candidate.descriptor().outputs().toArray(new Output[0]);
    this.digestShown = candidate.digest().substring(0, DIGEST_SHOWN);
    this.health = new Health(candidate.descriptor(), problem -> verdict.accept(this, problem));
  }

  Candidate candidate() {
    return candidate;
  }

  ModelDescriptor descriptor() {
    return candidate.descriptor();
  }

  SlotState.Identity identity() {
    return candidate.identity();
  }

  String digest() {
    return candidate.digest();
  }

  /** The beginning of the digest, as it stands in lineages. */
  String digestShown() {
    return digestShown;
  }

  /** The roles, always the same array. */
  Role[] roles() {
    return roles;
  }

  /** The outputs, always the same array. */
  Output[] outputs() {
    return outputs;
  }

  boolean isLoadedBy(ModelEngine other) {
    return engine == other;
  }

  /** Takes a lease, which has to be given back; false when the version is retired. */
  boolean acquire() {
    int count = leases.get();
    while (count >= 0) {
      if (leases.compareAndSet(count, count + 1)) {
        return true;
      }
      count = leases.get();
    }
    return false;
  }

  void release() {
    if (leases.decrementAndGet() == RETIRED) {
      parts.executor().execute(model::close);
    }
  }

  /** Ends it after the leases that are out. To be called once. */
  void retire() {
    if (leases.getAndUpdate(count -> count | RETIRED) == 0) {
      parts.executor().execute(model::close);
    }
  }

  void score(int rows, float[] inputs, float[] outputs) throws ModelException {
    try {
      long begin = parts.nanoTime().getAsLong();
      model.score(rows, inputs, outputs);
      health.scored(rows, inputs, outputs, parts.nanoTime().getAsLong() - begin);
    } catch (ModelException e) {
      health.failed(rows);
      if (failureTold.compareAndSet(false, true)) {
        logger.warn(
            "scoring_failed model={} version={} reason={}",
            descriptor().name(),
            descriptor().version(),
            e.getMessage(),
            e);
      }
      throw e;
    }
  }

  /** Scores rows that say nothing about the version, because they come from no route. */
  void scoreUnwatched(int rows, float[] inputs, float[] outputs) throws ModelException {
    model.score(rows, inputs, outputs);
  }
}
