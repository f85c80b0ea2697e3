// SPDX-License-Identifier: EPL-2.0
package io.kete.container.asset;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.ChannelType;
import org.eclipse.kura.channel.ScaleOffsetType;
import org.eclipse.kura.type.DataType;
import org.jspecify.annotations.Nullable;

/** The keys every channel has whatever its driver, as Kura names them. */
final class ChannelKeys {

  static final String TYPE = "+type";
  static final String VALUE_TYPE = "+value.type";
  static final String ENABLED = "+enabled";
  static final String SCALE = "+scale";
  static final String OFFSET = "+offset";
  static final String SCALE_OFFSET_TYPE = "+scaleoffset.type";
  static final String UNIT = "+unit";

  private static final String FORBIDDEN = "#/+, ";

  private ChannelKeys() {}

  /**
   * Makes a channel from its keys.
   *
   * @param keys without the channel's name, values as text
   * @throws IllegalArgumentException naming the key that is wrong
   */
  static Channel channel(String name, Map<String, Object> keys) {
    if (name.isEmpty() || name.chars().anyMatch(c -> FORBIDDEN.indexOf(c) >= 0)) {
      throw new IllegalArgumentException(
          "channel name \"" + name + "\" must not be empty nor hold # / + , or a blank");
    }
    DataType valueType = choice(name, keys, VALUE_TYPE, DataType.class, null);
    ScaleOffsetType scaleOffsetType =
        choice(
            name,
            keys,
            SCALE_OFFSET_TYPE,
            ScaleOffsetType.class,
            ScaleOffsetType.DEFINED_BY_VALUE_TYPE);
    boolean wholeOnly =
        scaleOffsetType == ScaleOffsetType.LONG
            || (scaleOffsetType == ScaleOffsetType.DEFINED_BY_VALUE_TYPE
                && (valueType == DataType.INTEGER || valueType == DataType.LONG));
    Channel channel =
        new Channel(
            name,
            choice(name, keys, TYPE, ChannelType.class, null),
            valueType,
            scaleOffsetType,
            number(name, keys, SCALE, 1, wholeOnly),
            number(name, keys, OFFSET, 0, wholeOnly),
            keys);
    channel.setUnit(text(keys, UNIT));
    channel.setEnabled(flag(name, keys));
    return channel;
  }

  /** A record for the driver; the value type is the one that scaling needs. */
  static ChannelRecord readRecord(Channel channel) {
    DataType asked = Scaling.asked(channel);
    ChannelRecord record =
        ChannelRecord.createReadRecord(channel.getName(), asked, channel.getUnit());
    Map<String, Object> keys = new HashMap<>(channel.getConfiguration());
    keys.put(VALUE_TYPE, asked.name());
    record.setChannelConfig(keys);
    return record;
  }

  private static boolean flag(String name, Map<String, Object> keys) {
    String text = text(keys, ENABLED);
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "", "true" -> true;
      case "false" -> false;
      default -> throw wrong(name, ENABLED, "must be true or false, not " + text);
    };
  }

  private static Number number(
      String name, Map<String, Object> keys, String key, int fallback, boolean wholeOnly) {
    String text = text(keys, key);
    double value = fallback;
    if (!text.isEmpty()) {
      try {
        value = Double.parseDouble(text);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            name + AssetSettings.SEPARATOR + key + " must be a number, not " + text, e);
      }
    }
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw wrong(name, key, "must be a number, not " + text);
    }
    if (wholeOnly && (value != Math.rint(value) || Math.abs(value) > 0x1p53)) {
      throw wrong(
          name,
          key,
          "must be a whole number, not "
              + text
              + "; with "
              + SCALE_OFFSET_TYPE
              + " = DOUBLE it may have a fraction");
    }
    return value;
  }

  private static <E extends Enum<E>> E choice(
      String name, Map<String, Object> keys, String key, Class<E> type, @Nullable E fallback) {
    String text = text(keys, key);
    if (text.isEmpty()) {
      if (fallback == null) {
        throw wrong(name, key, "is missing");
      }
      return fallback;
    }
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(text)) {
        return constant;
      }
    }
    throw wrong(
        name, key, "must be one of " + Arrays.toString(type.getEnumConstants()) + ", not " + text);
  }

  private static IllegalArgumentException wrong(String name, String key, String what) {
    return new IllegalArgumentException(name + AssetSettings.SEPARATOR + key + " " + what);
  }

  private static String text(Map<String, Object> keys, String key) {
    return String.valueOf(keys.getOrDefault(key, ""));
  }
}
