// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.configuration.metatype;

/** The type of one configuration value. */
public enum Scalar {
  STRING("String"),
  LONG("Long"),
  DOUBLE("Double"),
  FLOAT("Float"),
  INTEGER("Integer"),
  BYTE("Byte"),
  CHAR("Char"),
  BOOLEAN("Boolean"),
  SHORT("Short"),
  PASSWORD("Password");

  private final String value;

  Scalar(String value) {
    this.value = value;
  }

  /**
   * The type of that name, exactly as written in metatype files; {@code Character} in any case is
   * {@link #CHAR} too.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Scalar fromValue(String v) {
    if ("Character".equalsIgnoreCase(v)) {
      return CHAR;
    }
    for (Scalar scalar : values()) {
      if (scalar.value.equals(v)) {
        return scalar;
      }
    }
    throw new IllegalArgumentException("no configuration type is called " + v);
  }

  /** The name in metatype files. */
  public String value() {
    return value;
  }
}
