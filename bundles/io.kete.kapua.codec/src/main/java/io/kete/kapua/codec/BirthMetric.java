// SPDX-License-Identifier: EPL-2.0
package io.kete.kapua.codec;

import java.util.Locale;

/**
 * Metrics of BIRTH and APPS, all STRING, in the order they are sent, each with the length Kapua
 * stores.
 */
public enum BirthMetric {
  UPTIME,
  DISPLAY_NAME,
  MODEL_NAME,
  MODEL_ID,
  PART_NUMBER,
  SERIAL_NUMBER,
  AVAILABLE_PROCESSORS,
  TOTAL_MEMORY,
  FIRMWARE_VERSION,
  CPU_VERSION,
  BIOS_VERSION,
  OS,
  OS_VERSION,
  OS_ARCH,
  JVM_NAME,
  JVM_VERSION,
  JVM_PROFILE,
  JVM_VENDOR,
  JDK_VENDOR_VERSION,
  KURA_VERSION,
  APPLICATION_FRAMEWORK,
  APPLICATION_FRAMEWORK_VERSION,
  OSGI_FRAMEWORK,
  OSGI_FRAMEWORK_VERSION,
  CONNECTION_INTERFACE(4096, TooLong.WHOLE_ITEMS),
  CONNECTION_IP(4096, TooLong.WHOLE_ITEMS),
  ACCEPT_ENCODING,
  APPLICATION_IDS(1024, TooLong.WHOLE_ITEMS),
  PAYLOAD_ENCODING,
  MODEM_IMEI(24, TooLong.LEFT_OUT),
  MODEM_IMSI(15, TooLong.LEFT_OUT),
  MODEM_ICCID(22, TooLong.LEFT_OUT),
  MODEM_RSSI,
  MODEM_FIRMWARE_VERSION,
  TAMPER_STATUS;

  /** What happens to a value that Kapua could not store. */
  enum TooLong {
    /** The end is cut off. */
    CUT,
    /** A list loses its last items. */
    WHOLE_ITEMS,
    /** A part of an identifier would be a wrong identifier. */
    LEFT_OUT
  }

  private final int maxLength;
  private final TooLong tooLong;

  BirthMetric() {
    this(255, TooLong.CUT);
  }

  BirthMetric(int maxLength, TooLong tooLong) {
    this.maxLength = maxLength;
    this.tooLong = tooLong;
  }

  /** Name on the wire. */
  public String metric() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The value as it can be sent; empty when it has to be left out. */
  String fitted(String value) {
    if (value.length() <= maxLength) {
      return value;
    }
    return switch (tooLong) {
      case CUT -> cut(value, maxLength);
      case WHOLE_ITEMS -> value.substring(0, Math.max(0, value.lastIndexOf(',', maxLength)));
      case LEFT_OUT -> "";
    };
  }

  private static String cut(String value, int length) {
    return value.substring(
        0, Character.isHighSurrogate(value.charAt(length - 1)) ? length - 1 : length);
  }
}
