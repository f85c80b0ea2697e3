// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.core.configuration.metatype;

/** The type of one configuration value, named as {@code Scalar} names it. */
public enum Tscalar {
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

  Tscalar(String value) {
    this.value = value;
  }

  /**
   * The type of that name, as written in metatype files; {@code Character} in any case is {@link
   * #CHAR} too.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Tscalar fromValue(String v) {
    if ("Character".equalsIgnoreCase(v)) {
      return CHAR;
    }
    for (Tscalar scalar : values()) {
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
