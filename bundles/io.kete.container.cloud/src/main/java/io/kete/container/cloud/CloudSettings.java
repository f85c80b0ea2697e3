// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import static io.kete.container.cloud.KapuaCloudService.PID;

import io.kete.kapua.codec.ClientId;
import io.kete.kapua.codec.KapuaAddress;
import java.util.Set;

/**
 * Checked configuration of the cloud service.
 *
 * @param displayName device-name, hostname, custom or server
 * @param requests whether the gateway listens for requests
 */
record CloudSettings(
    String displayName, String customName, String controlPrefix, boolean gzip, boolean requests) {

  private static final Set<String> DISPLAY_NAMES =
      Set.of("device-name", "hostname", "custom", "server");

  static CloudSettings of(CloudServiceConfig config) {
    if (!DISPLAY_NAMES.contains(config.device_display$_$name())) {
      throw Settings.wrong(
          PID, "device.display-name", "is one of device-name, hostname, custom, server");
    }
    if (!config.payload_encoding().equals("kura-protobuf")) {
      throw Settings.wrong(PID, "payload.encoding", "is kura-protobuf");
    }
    String prefix = config.topic_control$_$prefix().strip();
    try {
      new KapuaAddress(prefix, "account", new ClientId("client"));
    } catch (IllegalArgumentException e) {
      throw Settings.wrong(PID, "topic.control-prefix", "is one topic level without / + #");
    }
    return new CloudSettings(
        config.device_display$_$name(),
        config.device_custom$_$name(),
        prefix,
        config.encode_gzip(),
        config.enable_default_subscriptions());
  }
}
