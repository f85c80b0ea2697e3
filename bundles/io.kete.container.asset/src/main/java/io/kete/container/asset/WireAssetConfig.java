// SPDX-License-Identifier: EPL-2.0
package io.kete.container.asset;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

@ObjectClassDefinition(
    id = WireAsset.PID,
    name = "Asset",
    description =
        "A field device as its channels. Channels are further properties <channel>#<key>.",
    icon = @Icon(resource = "OSGI-INF/icon.png", size = 32))
@interface WireAssetConfig {
  @AttributeDefinition(name = "asset.desc", description = "A text for people.", required = false)
  String asset_desc() default "";

  @AttributeDefinition(name = "driver.pid", description = "The driver that reaches the device.")
  String driver_pid();

  @AttributeDefinition(
      name = "emit.all.channels",
      description = "For Kura Wires; without effect here.")
  boolean emit_all_channels() default false;

  @AttributeDefinition(
      name = "timestamp.mode",
      description = "For Kura Wires; without effect here.",
      options = {
        @Option(label = "NO_TIMESTAMPS", value = "NO_TIMESTAMPS"),
        @Option(label = "PER_CHANNEL", value = "PER_CHANNEL"),
        @Option(label = "SINGLE_ASSET_GENERATED", value = "SINGLE_ASSET_GENERATED"),
        @Option(label = "SINGLE_DRIVER_GENERATED_MAX", value = "SINGLE_DRIVER_GENERATED_MAX"),
        @Option(label = "SINGLE_DRIVER_GENERATED_MIN", value = "SINGLE_DRIVER_GENERATED_MIN")
      })
  String timestamp_mode() default "PER_CHANNEL";

  @AttributeDefinition(name = "emit.errors", description = "For Kura Wires; without effect here.")
  boolean emit_errors() default false;

  @AttributeDefinition(
      name = "emit.on.change",
      description = "For Kura Wires; without effect here.")
  boolean emit_on_change() default false;

  @AttributeDefinition(
      name = "emit.empty.envelopes",
      description = "For Kura Wires; without effect here.")
  boolean emit_empty_envelopes() default true;
}
