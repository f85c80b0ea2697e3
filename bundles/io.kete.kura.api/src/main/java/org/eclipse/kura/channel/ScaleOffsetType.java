// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.channel;

/** In which arithmetic scale and offset are applied. */
public enum ScaleOffsetType {
  DEFINED_BY_VALUE_TYPE,
  DOUBLE,
  LONG;

  /**
   * The type of that name, in upper or lower case.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static ScaleOffsetType getScaleOffsetType(String stringScaleOffsetType) {
    for (ScaleOffsetType type : values()) {
      if (type.name().equalsIgnoreCase(stringScaleOffsetType)) {
        return type;
      }
    }
    throw new IllegalArgumentException("no scale/offset type is called " + stringScaleOffsetType);
  }
}
