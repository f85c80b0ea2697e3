// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.ai.inference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Collects the facts of a {@link ModelInfo}. */
@ProviderType
@SuppressWarnings("CanIgnoreReturnValueSuggester")
public class ModelInfoBuilder {
  private final String name;
  private final Map<String, Object> parameters = new HashMap<>();
  private final List<TensorDescriptor> inputs = new ArrayList<>();
  private final List<TensorDescriptor> outputs = new ArrayList<>();
  private Optional<String> platform = Optional.empty();
  private Optional<String> version = Optional.empty();

  ModelInfoBuilder(String name) {
    this.name = name;
  }

  /** A builder that starts with everything of the given model. */
  public static ModelInfoBuilder fromModelInfo(ModelInfo modelInfo) {
    ModelInfoBuilder started = new ModelInfoBuilder(modelInfo.getName());
    started.parameters.putAll(modelInfo.getParameters());
    started.inputs.addAll(modelInfo.getInputs());
    started.outputs.addAll(modelInfo.getOutputs());
    started.platform = modelInfo.getPlatform();
    started.version = modelInfo.getVersion();
    return started;
  }

  /** Sets what runs it; null and empty change nothing. */
  public ModelInfoBuilder platform(@Nullable String platform) {
    if (platform != null && !platform.isEmpty()) {
      this.platform = Optional.of(platform);
    }
    return this;
  }

  /** Sets its version; null and empty change nothing. */
  public ModelInfoBuilder version(@Nullable String version) {
    if (version != null && !version.isEmpty()) {
      this.version = Optional.of(version);
    }
    return this;
  }

  /** Adds a fact. */
  public ModelInfoBuilder addParameter(String name, Object parameter) {
    parameters.put(name, parameter);
    return this;
  }

  /** Removes a fact. */
  public ModelInfoBuilder removeParameter(String name) {
    parameters.remove(name);
    return this;
  }

  /** Adds one input. */
  public ModelInfoBuilder addInputDescriptor(TensorDescriptor inputDescriptor) {
    inputs.add(inputDescriptor);
    return this;
  }

  /** Adds inputs. */
  public ModelInfoBuilder addAllInputDescriptor(List<TensorDescriptor> inputDescriptors) {
    inputs.addAll(inputDescriptors);
    return this;
  }

  /** Removes one input. */
  public ModelInfoBuilder removeInputDescriptor(TensorDescriptor inputDescriptor) {
    inputs.remove(inputDescriptor);
    return this;
  }

  /** Adds one output. */
  public ModelInfoBuilder addOutputDescriptor(TensorDescriptor outputDescriptor) {
    outputs.add(outputDescriptor);
    return this;
  }

  /** Adds outputs. */
  public ModelInfoBuilder addAllOutputDescriptor(List<TensorDescriptor> outputDescriptors) {
    outputs.addAll(outputDescriptors);
    return this;
  }

  /** Removes one output. */
  public ModelInfoBuilder removeOutputDescriptor(TensorDescriptor outputDescriptor) {
    outputs.remove(outputDescriptor);
    return this;
  }

  /**
   * The model.
   *
   * @throws IllegalArgumentException when the name is empty, or an input or an output is missing
   */
  public ModelInfo build() {
    if (name.isEmpty() || inputs.isEmpty() || outputs.isEmpty()) {
      throw new IllegalArgumentException("a model needs a name, an input and an output");
    }
    return new ModelInfo(name, platform, version, parameters, inputs, outputs);
  }
}
