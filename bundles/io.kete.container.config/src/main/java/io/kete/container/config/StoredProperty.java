// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import java.util.List;
import org.eclipse.kura.configuration.metatype.Scalar;

/**
 * One property as it stands in a document: texts, not yet values.
 *
 * @param type the name of the type as written, known or not
 * @param encrypted whether the texts of a password are in Base64 or sealed
 * @param texts one per value; none stands for no value
 * @param line where it begins, 0 when it comes from no document
 */
record StoredProperty(
    String key, String type, boolean array, boolean encrypted, List<String> texts, int line) {

  StoredProperty {
    texts = List.copyOf(texts);
  }

  boolean isSecret() {
    return ValueText.type(type).filter(known -> known == Scalar.PASSWORD).isPresent();
  }

  /** Without the texts, which may be secret. */
  @Override
  public String toString() {
    return key + ":" + type;
  }
}
