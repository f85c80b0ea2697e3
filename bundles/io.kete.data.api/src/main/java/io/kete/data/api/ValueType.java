// SPDX-License-Identifier: EPL-2.0
package io.kete.data.api;

import org.eclipse.kura.type.TypedValue;

/**
 * Code of a value's type in the block format; Kura's DataType may gain members, these codes may not
 * change.
 */
enum ValueType {
  BOOLEAN(0),
  BYTE_ARRAY(1),
  DOUBLE(2),
  INTEGER(3),
  LONG(4),
  FLOAT(5),
  STRING(6);

  /** Code of a reading without a value. */
  static final int NONE = 7;

  private static final ValueType[] BY_CODE = values();

  private final int code;

  ValueType(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static ValueType of(TypedValue<?> value) {
    return switch (value.getType()) {
      case BOOLEAN -> BOOLEAN;
      case BYTE_ARRAY -> BYTE_ARRAY;
      case DOUBLE -> DOUBLE;
      case INTEGER -> INTEGER;
      case LONG -> LONG;
      case FLOAT -> FLOAT;
      case STRING -> STRING;
    };
  }

  /** The type with a code from 0 to 6. */
  static ValueType of(int code) {
    return BY_CODE[code];
  }
}
