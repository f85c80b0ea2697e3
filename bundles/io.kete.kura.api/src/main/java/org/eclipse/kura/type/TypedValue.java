// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.type;

import org.osgi.annotation.versioning.ProviderType;

/**
 * An immutable value that knows its type; values of one type can be ordered.
 *
 * @param <T> the Java type of the value
 */
@ProviderType
public interface TypedValue<T> extends Comparable<TypedValue<T>> {
  /** The kind of value. */
  DataType getType();

  /** The value, never null. */
  T getValue();
}
