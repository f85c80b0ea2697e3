// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.ai.inference;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** What a model is called, takes and gives. Made by its builder; cannot be changed. */
@ProviderType
public class ModelInfo {
  private final String name;
  private final Optional<String> platform;
  private final Optional<String> version;
  private final Map<String, Object> parameters;
  private final List<TensorDescriptor> inputs;
  private final List<TensorDescriptor> outputs;

  /** For the builder; collections are kept as views. */
  protected ModelInfo(
      String modelName,
      Optional<String> platform,
      Optional<String> version,
      Map<String, Object> parameters,
      List<TensorDescriptor> inputDescriptors,
      List<TensorDescriptor> outputDescriptors) {
    this.name = modelName;
    this.platform = platform;
    this.version = version;
    this.parameters = Collections.unmodifiableMap(parameters);
    this.inputs = Collections.unmodifiableList(inputDescriptors);
    this.outputs = Collections.unmodifiableList(outputDescriptors);
  }

  /** A builder for a model of that name. */
  public static ModelInfoBuilder builder(String name) {
    return new ModelInfoBuilder(name);
  }

  /** A builder that starts with everything of this model. */
  public ModelInfoBuilder toBuilder() {
    return ModelInfoBuilder.fromModelInfo(this);
  }

  /** The name. */
  public String getName() {
    return name;
  }

  /** What runs it. */
  public Optional<String> getPlatform() {
    return platform;
  }

  /** Its version. */
  public Optional<String> getVersion() {
    return version;
  }

  /** Facts about it, as the engine tells them. */
  public Map<String, Object> getParameters() {
    return parameters;
  }

  /** What it takes, in order. */
  public List<TensorDescriptor> getInputs() {
    return inputs;
  }

  /** What it gives, in order. */
  public List<TensorDescriptor> getOutputs() {
    return outputs;
  }
}
