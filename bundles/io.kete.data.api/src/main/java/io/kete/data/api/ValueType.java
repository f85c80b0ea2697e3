// SPDX-License-Identifier: EPL-2.0
package io.kete.data.api;

import org.eclipse.kura.type.TypedValue;

/** Code of a value's type in the block format; Kura's DataType may gain members, these codes may not change. */
enum ValueType {
  BOOLEAN,
  BYTE_ARRAY,
  DOUBLE,
  INTEGER,
  LONG,
  FLOAT,
  STRING;

  /** Code of a reading without a value. */
  static final int NONE = 7;

  private static final ValueType[] BY_CODE = values();

  int code() {
    return ordinal();
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
