// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

@ObjectClassDefinition(
    id = MqttDataTransport.PID,
    name = "MqttDataTransport",
    description = "The MQTT connection to the broker.",
    icon = @Icon(resource = "OSGI-INF/icon.png", size = 32))
@SuppressWarnings("MemberName")
@interface TransportConfig {

  @AttributeDefinition(
      name = "broker-url",
      description = "mqtt://host:port or mqtts://host:port of the broker.")
  String broker$_$url() default "mqtt://broker-url:1883/";

  @AttributeDefinition(
      name = "topic.context.account-name",
      description = "Account: first level of data topics, second of control topics.")
  String topic_context_account$_$name() default "account-name";

  @AttributeDefinition(
      name = "username",
      description = "User at the broker; empty for none.",
      required = false)
  String username() default "username";

  @AttributeDefinition(
      name = "password",
      description = "Password at the broker; empty for none.",
      type = AttributeType.PASSWORD,
      required = false)
  String password() default "password";

  @AttributeDefinition(
      name = "client-id",
      description =
          "Unique within the account, 1 to 255 characters. / + # are replaced by -. Empty: the MAC address of the first network interface.",
      required = false)
  String client$_$id() default "";

  @AttributeDefinition(
      name = "keep-alive",
      description = "Seconds between MQTT pings, 1 to 65535.",
      min = "1",
      max = "65535")
  int keep$_$alive() default 30;

  @AttributeDefinition(
      name = "timeout",
      description =
          "Seconds to wait for an answer of the broker, 1 to 600; connecting and subscribing wait at least 30 s.",
      min = "1",
      max = "600")
  int timeout() default 10;

  @AttributeDefinition(
      name = "clean-session",
      description = "Whether the broker forgets the subscriptions of the session before.")
  boolean clean$_$session() default true;

  @AttributeDefinition(
      name = "lwt.topic",
      description =
          "Topic of the last will; #account-name and #client-id are replaced. Empty: no last will.",
      required = false)
  String lwt_topic() default "$EDC/#account-name/#client-id/MQTT/LWT";

  @AttributeDefinition(
      name = "lwt.payload",
      description = "Payload of the last will, as text.",
      required = false)
  String lwt_payload() default "";

  @AttributeDefinition(
      name = "lwt.qos",
      description = "QoS of the last will.",
      required = false,
      options = {
        @Option(label = "0", value = "0"),
        @Option(label = "1", value = "1"),
        @Option(label = "2", value = "2")
      })
  int lwt_qos() default 0;

  @AttributeDefinition(
      name = "lwt.retain",
      description = "Whether the broker keeps the last will.",
      required = false)
  boolean lwt_retain() default false;

  @AttributeDefinition(
      name = "in-flight.persistence",
      description =
          "No effect here: messages in flight are kept in memory, the durable buffer stands in front.",
      options = {
        @Option(label = "file", value = "file"),
        @Option(label = "memory", value = "memory")
      })
  String in$_$flight_persistence() default "memory";

  @AttributeDefinition(
      name = "protocol-version",
      description = "MQTT version.",
      required = false,
      options = {@Option(label = "3.1", value = "3"), @Option(label = "3.1.1", value = "4")})
  int protocol$_$version() default 4;

  @AttributeDefinition(
      name = "SslManagerService Target Filter",
      description =
          "Filter for the SslManagerService that makes TLS connections; without that service Java's own trust store is used.",
      required = false)
  String SslManagerService_target() default
      "(kura.service.pid=org.eclipse.kura.ssl.SslManagerService)";

  @AttributeDefinition(
      name = "Messages in flight",
      description =
          "How many messages may wait for their confirmation, 1 to 60000. Kete's own key; Kura does not read it.",
      min = "1",
      max = "60000",
      required = false)
  int kete_max$_$inflight() default 500;
}
