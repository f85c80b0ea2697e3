// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.ai.inference;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The elements of one input or output, flat, in the order of the descriptor's dimensions. */
@ProviderType
public class Tensor {
  private final Class<?> type;
  private final TensorDescriptor descriptor;
  private final List<?> data;

  /** Keeps the list itself; the type is that of its elements. */
  public <T> Tensor(Class<T> type, TensorDescriptor descriptor, List<T> data) {
    this.type = type;
    this.descriptor = descriptor;
    this.data = data;
  }

  /** What the elements are. */
  public TensorDescriptor getDescriptor() {
    return descriptor;
  }

  /** The elements; empty when they are of another type. */
  @SuppressWarnings("unchecked")
  public <T> Optional<List<T>> getData(Class<T> type) {
    return this.type == type ? Optional.of((List<T>) data) : Optional.empty();
  }

  /** The Java type of the elements. */
  public Class<?> getType() {
    return type;
  }
}
