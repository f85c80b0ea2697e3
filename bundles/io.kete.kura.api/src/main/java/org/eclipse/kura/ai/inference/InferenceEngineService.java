// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.ai.inference;

import java.util.List;
import java.util.Optional;
import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ProviderType;

/** An engine that holds models by name and runs them. Calls wait for the engine. */
@ProviderType
public interface InferenceEngineService {
  /**
   * Runs a model on one set of inputs.
   *
   * @throws KuraException when the engine is away or the inputs do not fit
   */
  List<Tensor> infer(ModelInfo modelInfo, List<Tensor> inputData) throws KuraException;

  /**
   * Loads a model; without a path the engine looks in its own repository.
   *
   * @throws KuraException when it cannot be loaded
   */
  void loadModel(String modelName, Optional<String> modelPath) throws KuraException;

  /**
   * Unloads a model.
   *
   * @throws KuraException when it cannot be unloaded
   */
  void unloadModel(String modelName) throws KuraException;

  /**
   * Whether the model can be run now.
   *
   * @throws KuraException when the engine is away
   */
  boolean isModelLoaded(String modelName) throws KuraException;

  /**
   * Every model the engine knows.
   *
   * @throws KuraException when the engine is away
   */
  List<String> getModelNames() throws KuraException;

  /**
   * Inputs and outputs of a model.
   *
   * @throws KuraException when the engine is away
   */
  Optional<ModelInfo> getModelInfo(String modelName) throws KuraException;

  /**
   * Whether the engine answers.
   *
   * @throws KuraException when that cannot be found out
   */
  boolean isEngineReady() throws KuraException;
}
