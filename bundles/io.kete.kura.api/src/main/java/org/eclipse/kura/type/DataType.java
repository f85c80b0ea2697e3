// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.type;

/** The seven kinds of value a channel can carry. */
public enum DataType {
  BOOLEAN,
  BYTE_ARRAY,
  DOUBLE,
  INTEGER,
  LONG,
  FLOAT,
  STRING;

  /**
   * The type of that name, in upper or lower case.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static DataType getDataType(String stringDataType) {
    for (DataType type : values()) {
      if (type.name().equalsIgnoreCase(stringDataType)) {
        return type;
      }
    }
    throw new IllegalArgumentException("no data type is called " + stringDataType);
  }
}
