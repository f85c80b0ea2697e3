// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.ai.inference;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Collects the facts of a {@link TensorDescriptor}. */
@ProviderType
@SuppressWarnings("CanIgnoreReturnValueSuggester")
public class TensorDescriptorBuilder {
  private final String name;
  private final String type;
  private final List<Long> shape;
  private final Map<String, Object> parameters = new HashMap<>();
  private Optional<String> format = Optional.empty();

  TensorDescriptorBuilder(String name, String type, List<Long> shape) {
    this.name = name;
    this.type = type;
    this.shape = shape;
  }

  /** A builder that starts with everything of the given descriptor. */
  public static TensorDescriptorBuilder fromTensorDescriptor(TensorDescriptor descriptor) {
    TensorDescriptorBuilder started =
        new TensorDescriptorBuilder(
            descriptor.getName(), descriptor.getType(), descriptor.getShape());
    started.parameters.putAll(descriptor.getParameters());
    started.format = descriptor.getFormat();
    return started;
  }

  /** Sets the order of the dimensions; null and empty change nothing. */
  public TensorDescriptorBuilder format(@Nullable String format) {
    if (format != null && !format.isEmpty()) {
      this.format = Optional.of(format);
    }
    return this;
  }

  /** Adds a fact. */
  public TensorDescriptorBuilder addParameter(String name, Object parameter) {
    parameters.put(name, parameter);
    return this;
  }

  /** Removes a fact. */
  public TensorDescriptorBuilder removeParameter(String name) {
    parameters.remove(name);
    return this;
  }

  /**
   * The descriptor.
   *
   * @throws IllegalArgumentException when name, type or shape is empty
   */
  public TensorDescriptor build() {
    if (name.isEmpty() || type.isEmpty() || shape.isEmpty()) {
      throw new IllegalArgumentException("a tensor needs a name, a type and a shape");
    }
    return new TensorDescriptor(name, type, format, shape, parameters);
  }
}
