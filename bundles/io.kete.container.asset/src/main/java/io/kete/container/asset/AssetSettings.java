// SPDX-License-Identifier: EPL-2.0
package io.kete.container.asset;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.configuration.ConfigurationService;
import org.jspecify.annotations.Nullable;

/**
 * An asset's configuration, read from Kura's keys.
 *
 * @param channels by name, in the order of names
 * @param refused channels that cannot be used, by name, each with the reason
 */
record AssetSettings(
    String pid,
    String description,
    String driverPid,
    Map<String, Channel> channels,
    Map<String, String> refused) {

  static final String DESCRIPTION = "asset.desc";
  static final String DRIVER_PID = "driver.pid";
  static final char SEPARATOR = '#';

  AssetSettings {
    channels = Collections.unmodifiableMap(new TreeMap<>(channels));
    refused = Collections.unmodifiableMap(new TreeMap<>(refused));
  }

  /**
   * Reads the properties of a configuration.
   *
   * @throws IllegalArgumentException naming the key, when there can be no asset at all; a wrong
   *     channel is refused alone
   */
  static AssetSettings of(Map<String, Object> properties) {
    String pid = text(properties.get(ConfigurationService.KURA_SERVICE_PID), WireAsset.PID);
    String driverPid = text(properties.get(DRIVER_PID), "");
    if (driverPid.isEmpty()) {
      throw new IllegalArgumentException(pid + ": " + DRIVER_PID + " must not be empty");
    }
    Map<String, Channel> channels = new TreeMap<>();
    Map<String, String> refused = new TreeMap<>();
    byChannel(properties)
        .forEach(
            (name, keys) -> {
              try {
                channels.put(name, ChannelKeys.channel(name, keys));
              } catch (IllegalArgumentException e) {
                refused.put(name, String.valueOf(e.getMessage()));
              }
            });
    return new AssetSettings(
        pid, text(properties.get(DESCRIPTION), ""), driverPid, channels, refused);
  }

  private static Map<String, Map<String, Object>> byChannel(Map<String, Object> properties) {
    Map<String, Map<String, Object>> channels = new TreeMap<>();
    properties.forEach(
        (key, value) -> {
          int end = key.indexOf(SEPARATOR);
          if (end >= 0) {
            channels
                .computeIfAbsent(key.substring(0, end), name -> new TreeMap<>())
                .put(key.substring(end + 1), text(value, ""));
          }
        });
    return channels;
  }

  private static String text(@Nullable Object value, String fallback) {
    return Optional.ofNullable(value).map(Object::toString).map(String::strip).orElse(fallback);
  }
}
