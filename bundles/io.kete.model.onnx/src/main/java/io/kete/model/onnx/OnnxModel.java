// SPDX-License-Identifier: EPL-2.0
package io.kete.model.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.kete.model.api.LoadedModel;
import io.kete.model.api.ModelException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session with its workspaces, one for each thread that scores at the same time. A call after
 * {@code close} is a ModelException, never a crash.
 */
final class OnnxModel implements LoadedModel {

  private static final Logger logger = LoggerFactory.getLogger(OnnxModel.class);
  private static final int MAX_BATCH = 256;

  /** One MB of float32, so that wide windows do not take a small box's memory. */
  private static final int MAX_BATCH_VALUES = 1 << 18;

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final Signature signature;
  private final int width;
  private final int maxBatch;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final Deque<Workspace> idle = new ConcurrentLinkedDeque<>();
  private boolean closed;

  OnnxModel(OrtEnvironment environment, OrtSession session, Signature signature, int width) {
    this.environment = environment;
    this.session = session;
    this.signature = signature;
    this.width = width;
    this.maxBatch =
        signature.batched() ? Math.max(1, Math.min(MAX_BATCH, MAX_BATCH_VALUES / width)) : 1;
  }

  @Override
  public void score(int rows, float[] inputs, float[] outputs) throws ModelException {
    check(rows, inputs, outputs);
    lock.readLock().lock();
    try {
      if (closed) {
        throw new ModelException("the model is closed");
      }
      Workspace recent = idle.pollFirst();
      Workspace workspace = recent == null ? new Workspace(environment, signature, width) : recent;
      boolean whole = false;
      try {
        run(workspace, rows, inputs, outputs);
        whole = true;
      } finally {
        if (whole) {
          idle.addFirst(workspace);
        } else {
          workspace.close();
        }
      }
    } finally {
      lock.readLock().unlock();
    }
  }

  private void run(Workspace workspace, int rows, float[] inputs, float[] outputs)
      throws ModelException {
    int batch = Math.min(rows, maxBatch);
    try {
      for (int first = 0; first < rows; first += batch) {
        workspace.run(session, first, Math.min(batch, rows - first), inputs, outputs);
      }
    } catch (OrtException failed) {
      // the text of the cause may hold values
      throw new ModelException("the engine failed: " + failed.getCode(), failed);
    }
  }

  private void check(int rows, float[] inputs, float[] outputs) {
    if (rows < 1
        || inputs.length < (long) rows * width
        || outputs.length < (long) rows * signature.total()) {
      throw new IllegalArgumentException(
          rows
              + " rows need "
              + (long) rows * width
              + " inputs and room for "
              + (long) rows * signature.total()
              + " outputs");
    }
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      idle.forEach(Workspace::close);
      idle.clear();
      OnnxEngine.close(session);
    } catch (ModelException left) {
      logger.warn("session_left reason={}", left.getMessage(), left);
    } finally {
      lock.writeLock().unlock();
    }
  }
}
