// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.modbus;

/** How a value lies in registers. */
enum WireType {
  /** A coil, a discrete input, or one bit of a register. */
  BOOLEAN(1, Kind.BIT, 0, 1),
  INT16(1, Kind.WHOLE, Short.MIN_VALUE, Short.MAX_VALUE),
  UINT16(1, Kind.WHOLE, 0, 0xFFFF),
  INT32(2, Kind.WHOLE, Integer.MIN_VALUE, Integer.MAX_VALUE),
  UINT32(2, Kind.WHOLE, 0, 0xFFFF_FFFFL),
  INT64(4, Kind.WHOLE, Long.MIN_VALUE, Long.MAX_VALUE),
  FLOAT32(2, Kind.REAL, 0, 0),
  FLOAT64(4, Kind.REAL, 0, 0),
  /** Two characters in each register; the channel says how many registers. */
  STRING(0, Kind.TEXT, 0, 0);

  enum Kind {
    BIT,
    WHOLE,
    REAL,
    TEXT
  }

  private final int registers;
  private final Kind kind;
  private final long min;
  private final long max;

  WireType(int registers, Kind kind, long min, long max) {
    this.registers = registers;
    this.kind = kind;
    this.min = min;
    this.max = max;
  }

  int registers() {
    return registers;
  }

  Kind kind() {
    return kind;
  }

  long min() {
    return min;
  }

  long max() {
    return max;
  }
}
