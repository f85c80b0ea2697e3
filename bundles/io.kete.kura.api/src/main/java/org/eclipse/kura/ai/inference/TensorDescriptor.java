// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.ai.inference;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** What one input or output of a model looks like. Cannot be changed. */
@ProviderType
public class TensorDescriptor {
  private final String name;
  private final String type;
  private final Optional<String> format;
  private final List<Long> shape;
  private final Map<String, Object> parameters;

  /** Collections are kept as views. */
  public TensorDescriptor(
      String name,
      String type,
      Optional<String> format,
      List<Long> shape,
      Map<String, Object> parameters) {
    this.name = name;
    this.type = type;
    this.format = format;
    this.shape = Collections.unmodifiableList(shape);
    this.parameters = Collections.unmodifiableMap(parameters);
  }

  /** A builder for a tensor of that name, element type and shape. */
  public static TensorDescriptorBuilder builder(String name, String type, List<Long> shape) {
    return new TensorDescriptorBuilder(name, type, shape);
  }

  /** A builder that starts with everything of this descriptor. */
  public TensorDescriptorBuilder toBuilder() {
    return TensorDescriptorBuilder.fromTensorDescriptor(this);
  }

  /** The name in the model. */
  public String getName() {
    return name;
  }

  /** The element type, as the engine calls it. */
  public String getType() {
    return type;
  }

  /** The order of the dimensions, as the engine calls it. */
  public Optional<String> getFormat() {
    return format;
  }

  /** The length of each dimension; -1 where any length will do. */
  public List<Long> getShape() {
    return shape;
  }

  /** Facts about it, as the engine tells them. */
  public Map<String, Object> getParameters() {
    return parameters;
  }
}
