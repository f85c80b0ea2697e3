// SPDX-License-Identifier: EPL-2.0
package io.kete.kapua.codec;

/**
 * A client id that MQTT and Kapua both accept.
 *
 * @param value 1 to 255 characters, none of {@code # + * & , ? > /}, no control character and not
 *     {@code ::}
 */
public record ClientId(String value) {

  private static final int MAX_LENGTH = 255;
  private static final String FORBIDDEN = "#+*&,?>/";

  public ClientId {
    if (value.isBlank() || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a client id has 1 to " + MAX_LENGTH + " characters, this one has " + value.length());
    }
    if (value.contains("::")
        || value.chars().anyMatch(c -> FORBIDDEN.indexOf(c) >= 0 || Character.isISOControl(c))) {
      throw new IllegalArgumentException("a client id holds none of " + FORBIDDEN + " and no ::");
    }
  }

  /**
   * A client id from configuration: as Kura does, {@code / + #} are replaced by {@code -}; anything
   * else that is wrong is refused.
   */
  public static ClientId configured(String text) {
    return new ClientId(text.strip().replace('/', '-').replace('+', '-').replace('#', '-'));
  }

  @Override
  public String toString() {
    return value;
  }
}
