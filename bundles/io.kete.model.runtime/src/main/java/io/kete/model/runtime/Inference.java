// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime;

import io.kete.model.api.ModelException;
import io.kete.model.runtime.order.Orders;
import io.kete.model.runtime.slot.Loan;
import io.kete.model.runtime.slot.SlotCore;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.ai.inference.InferenceEngineService;
import org.eclipse.kura.ai.inference.ModelInfo;
import org.eclipse.kura.ai.inference.Tensor;
import org.eclipse.kura.configuration.ConfigurationService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;

/**
 * Kura's way to run models: each slot is a model of that name, in the version that serves. Models
 * come in through the gate only, so nothing is loaded or unloaded here.
 */
@Component(
    name = Inference.NAME,
    configurationPolicy = ConfigurationPolicy.IGNORE,
    service = InferenceEngineService.class,
    property = ConfigurationService.KURA_SERVICE_PID + "=" + Inference.NAME)
public final class Inference implements InferenceEngineService {

  static final String NAME = "io.kete.model.runtime.Inference";

  /** Most rows and values that are given to an engine at once, as on the way of a sample. */
  private static final int MAX_ROWS = 256;

  private static final int MAX_VALUES = 1 << 16;

  private final Orders orders;

  /** Offers all slots of the runtime. */
  @Activate
  public Inference(@Reference ModelRuntime runtime) {
    this(runtime.orders());
  }

  Inference(Orders orders) {
    this.orders = orders;
  }

  private SlotCore slot(String name) throws KuraException {
    SlotCore slot = orders.slots().get(name);
    if (slot == null) {
      throw new KuraException(KuraErrorCode.NOT_FOUND, "slot " + name);
    }
    return slot;
  }

  private Loan serving(String name) throws KuraException {
    return slot(name)
        .borrow()
        .orElseThrow(
            () ->
                new KuraException(
                    KuraErrorCode.SERVICE_UNAVAILABLE, "nothing serves in slot " + name));
  }

  @Override
  public List<Tensor> infer(ModelInfo modelInfo, List<Tensor> inputData) throws KuraException {
    try (Loan version = serving(modelInfo.getName())) {
      Tensors tensors = new Tensors(version);
      return tensors.outputs(score(version, tensors.rows(inputData)));
    } catch (ModelException e) {
      throw new KuraException(KuraErrorCode.INTERNAL_ERROR, e, e.getMessage());
    }
  }

  private static float[] score(Loan version, float[] inputs) throws ModelException {
    int width = version.descriptor().width();
    int count = version.descriptor().outputs().size();
    int rows = inputs.length / width;
    int most = Math.max(1, Math.min(MAX_ROWS, MAX_VALUES / width));
    float[] scores = new float[rows * count];
    for (int first = 0; first < rows; first += most) {
      int part = Math.min(most, rows - first);
      float[] given = Arrays.copyOfRange(inputs, first * width, (first + part) * width);
      float[] gave = new float[part * count];
      version.score(part, given, gave);
      System.arraycopy(gave, 0, scores, first * count, gave.length);
    }
    return scores;
  }

  /** Nothing is to be done for what serves already. */
  @Override
  public void loadModel(String modelName, Optional<String> modelPath) throws KuraException {
    if (modelPath.isPresent() || !isModelLoaded(modelName)) {
      throw new KuraException(
          KuraErrorCode.OPERATION_NOT_SUPPORTED,
          "a model comes in as a signed bundle, and slot " + modelName + " serves it then");
    }
  }

  @Override
  public void unloadModel(String modelName) throws KuraException {
    throw new KuraException(
        KuraErrorCode.OPERATION_NOT_SUPPORTED,
        "uninstall the bundle of the model to empty slot " + modelName);
  }

  @Override
  public boolean isModelLoaded(String modelName) throws KuraException {
    SlotCore slot = orders.slots().get(modelName);
    return slot != null && slot.serving().isPresent();
  }

  @Override
  public List<String> getModelNames() throws KuraException {
    return List.copyOf(orders.slots().keySet());
  }

  @Override
  public Optional<ModelInfo> getModelInfo(String modelName) throws KuraException {
    SlotCore slot = orders.slots().get(modelName);
    Optional<Loan> version = slot == null ? Optional.empty() : slot.borrow();
    return version.map(
        loan -> {
          try (loan) {
            return new Tensors(loan).info(modelName);
          }
        });
  }

  /** Whether a slot serves. */
  @Override
  public boolean isEngineReady() throws KuraException {
    return orders.slots().values().stream().anyMatch(slot -> slot.serving().isPresent());
  }
}
