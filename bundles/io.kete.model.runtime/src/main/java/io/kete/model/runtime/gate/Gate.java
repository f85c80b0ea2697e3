// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.gate;

import io.kete.model.api.LoadedModel;
import io.kete.model.api.ModelEngine;
import io.kete.model.api.ModelException;
import io.kete.model.runtime.content.Candidate;
import io.kete.model.runtime.content.ModelFiles;
import io.kete.model.runtime.content.RefusedException;
import io.kete.policy.api.Verdict;
import io.kete.policy.api.Verifier;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges models. Called by the threads of slots and of the drop folder, never by a sample's. */
public final class Gate {

  /** Framework property: longest time in seconds that loading and proving a model may take. */
  public static final String LOAD_SECONDS = "kete.model.load.seconds";

  /** What {@link #LOAD_SECONDS} is when it is not set. */
  public static final Duration LOAD_LIMIT = Duration.ofSeconds(60);

  private static final Logger logger = LoggerFactory.getLogger(Gate.class);
  private static final String NOBODY = "nobody";
  private static final String KEPT = "kept";

  private final Surroundings surroundings;
  private final Prover prover;
  private final Patience patience;
  private final Optional<Outpost> outpost;

  /**
   * @param surroundings what is there
   * @param limit longest time that loading and proving may take
   */
  public Gate(Surroundings surroundings, Prover prover, Duration limit) {
    this(surroundings, prover, limit, Optional.empty());
  }

  /**
   * @param surroundings what is there
   * @param limit longest time that loading and proving may take
   * @param outpost where a model is tried before this process loads it, if anywhere
   */
  public Gate(Surroundings surroundings, Prover prover, Duration limit, Optional<Outpost> outpost) {
    this.outpost = outpost;
    this.surroundings = surroundings;
    this.prover = prover;
    this.patience = new Patience(limit);
  }

  /** The whole way of a model that came in. */
  public Admission admit(Candidate candidate, Consumer<Stage> progress) {
    return judge(candidate, progress, false);
  }

  /**
   * Loads and proves again what had been admitted and kept. Its signature was accepted then, and a
   * machine that is busy starting says nothing about its speed.
   */
  public Admission readmit(Candidate candidate, Consumer<Stage> progress) {
    return judge(candidate, progress, true);
  }

  private Admission judge(Candidate candidate, Consumer<Stage> progress, boolean kept) {
    try {
      ModelFiles files = candidate.files();
      if (!kept && surroundings.verifier().isEmpty()) {
        return new Admission.Waits("there is no Verifier; start io.kete.policy.cms");
      }
      String signer = kept ? KEPT : verify(candidate, files, surroundings.verifier().get());
      progress.accept(Stage.VERIFIED);
      String name = candidate.descriptor().engine();
      Optional<ModelEngine> engine = surroundings.engine(name);
      if (engine.isEmpty()) {
        return new Admission.Waits("there is no engine " + name + "; install and start it");
      }
      if (!kept && outpost.isPresent()) {
        outpost.get().prove(files);
      }
      LoadedModel model =
          patience.await(new Trial(candidate, files, engine.get(), progress, !kept));
      return new Admission.Proved(model, engine.get(), files, signer);
    } catch (RefusedException e) {
      return new Admission.Refused(e.reason(), e.isLasting());
    } catch (OutOfMemoryError e) {
      // the bytes of the model did not fit
      return new Admission.Refused("it needs more memory than there is", false);
    } catch (IOException e) {
      return new Admission.Refused("the files cannot be read: " + e.getMessage(), false);
    }
  }

  private static String verify(Candidate candidate, ModelFiles files, Verifier verifier)
      throws IOException, RefusedException {
    byte[] inventory = files.inventory().getBytes(StandardCharsets.UTF_8);
    Verdict verdict =
        verifier.verify(
            Verifier.Purpose.MODEL, new ByteArrayInputStream(inventory), files.signature());
    if (verdict instanceof Verdict.Trusted trusted) {
      return trusted.signer();
    }
    if (verdict instanceof Verdict.Refused refused) {
      // the signature is no part of the digest, and trust may be installed later
      throw new RefusedException("signature: " + refused.reason(), false);
    }
    logger.warn(
        "model_unsigned model={} version={} digest={} allowed_by={}",
        candidate.descriptor().name(),
        candidate.version(),
        candidate.digest(),
        Verifier.ALLOW_UNSIGNED);
    return NOBODY;
  }

  private static LoadedModel load(Candidate candidate, ModelFiles files, ModelEngine engine)
      throws RefusedException {
    try {
      return new Guarded(engine.load(candidate.descriptor(), files.model()));
    } catch (ModelException e) {
      throw new RefusedException(String.valueOf(e.getMessage()), e.isLasting());
    } catch (RuntimeException | LinkageError e) {
      // The engine may be anybody's, and its contract names no other exception.
      logger.error("engine_broke engine={}", candidate.descriptor().engine(), e);
      throw new RefusedException("the engine broke with " + e.getClass().getName(), false);
    }
  }

  /** Loading and proving, which are the engine's business and may take any time. */
  private final class Trial implements Patience.Attempt<LoadedModel> {
    private final Candidate candidate;
    private final ModelFiles files;
    private final ModelEngine engine;
    private final Consumer<Stage> progress;
    private final boolean timed;

    Trial(
        Candidate candidate,
        ModelFiles files,
        ModelEngine engine,
        Consumer<Stage> progress,
        boolean timed) {
      this.candidate = candidate;
      this.files = files;
      this.engine = engine;
      this.progress = progress;
      this.timed = timed;
    }

    @Override
    public LoadedModel call() throws RefusedException {
      LoadedModel model = load(candidate, files, engine);
      progress.accept(Stage.LOADED);
      prove(candidate, model, timed);
      progress.accept(Stage.PROVED);
      return model;
    }

    @Override
    public void giveUp(LoadedModel late) {
      late.close();
    }
  }

  private void prove(Candidate candidate, LoadedModel model, boolean timed)
      throws RefusedException {
    boolean proved = false;
    try {
      prover.prove(candidate.descriptor(), model, timed);
      proved = true;
    } finally {
      if (!proved) {
        model.close();
      }
    }
  }
}
