// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

@ObjectClassDefinition(
    id = KapuaCloudService.PID,
    name = "CloudService",
    description = "How the gateway presents itself to Kapua and answers its requests.",
    icon = @Icon(resource = "OSGI-INF/icon.png", size = 32))
@SuppressWarnings("MemberName")
@interface CloudServiceConfig {

  @AttributeDefinition(
      name = "device.display-name",
      description = "Name shown in the console. server: the console keeps the name it has.",
      options = {
        @Option(label = "Set display name as device name", value = "device-name"),
        @Option(label = "Set display name from hostname", value = "hostname"),
        @Option(label = "Custom", value = "custom"),
        @Option(label = "Server defined", value = "server")
      })
  String device_display$_$name() default "device-name";

  @AttributeDefinition(
      name = "device.custom-name",
      description = "The name when device.display-name is custom.",
      required = false)
  String device_custom$_$name() default "";

  @AttributeDefinition(
      name = "topic.control-prefix",
      description = "First level of control topics; $EDC with Kapua.")
  String topic_control$_$prefix() default "$EDC";

  @AttributeDefinition(
      name = "encode.gzip",
      description = "Whether payloads are sent gzipped when that is shorter.",
      required = false)
  boolean encode_gzip() default true;

  @AttributeDefinition(
      name = "republish.mqtt.birth.cert.on.gps.lock",
      description = "No effect here: there is no position service.")
  boolean republish_mqtt_birth_cert_on_gps_lock() default false;

  @AttributeDefinition(
      name = "republish.mqtt.birth.cert.on.modem.detect",
      description = "No effect here: there is no modem service.")
  boolean republish_mqtt_birth_cert_on_modem_detect() default false;

  @AttributeDefinition(
      name = "republish.mqtt.birth.cert.on.tamper.event",
      description = "No effect here: there is no tamper detection.")
  boolean republish_mqtt_birth_cert_on_tamper_event() default true;

  @AttributeDefinition(
      name = "enable.default.subscriptions",
      description =
          "Whether the gateway listens for requests. Without it no console can manage it.")
  boolean enable_default_subscriptions() default true;

  @AttributeDefinition(
      name = "payload.encoding",
      description = "Only kura-protobuf; simple-json is refused.",
      options = {
        @Option(label = "Kura Protobuf", value = "kura-protobuf"),
        @Option(label = "Simple JSON", value = "simple-json")
      })
  String payload_encoding() default "kura-protobuf";
}
