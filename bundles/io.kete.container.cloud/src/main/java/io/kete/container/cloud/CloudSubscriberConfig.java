// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

@ObjectClassDefinition(
    id = TopicSubscriber.PID,
    name = "CloudSubscriber",
    description = "Receives the messages of a topic filter.",
    icon = @Icon(resource = "OSGI-INF/icon.png", size = 32))
@SuppressWarnings("MemberName")
@interface CloudSubscriberConfig {

  @AttributeDefinition(
      name = "cloud.endpoint.service.pid",
      description = "PID of the cloud service to receive through.")
  String cloud_endpoint_service_pid() default KapuaCloudService.PID;

  @AttributeDefinition(
      name = "appId",
      description = "Application: the topic level behind the client id.")
  String appId() default "W1";

  @AttributeDefinition(
      name = "app.topic",
      description = "Rest of the topic filter; + and # are allowed.",
      required = false)
  String app_topic() default "A1/#";

  @AttributeDefinition(
      name = "qos",
      description = "QoS of the subscription.",
      options = {@Option(label = "0", value = "0"), @Option(label = "1", value = "1")})
  int qos() default 0;

  @AttributeDefinition(
      name = "message.type",
      description = "Whether the filter is one for data or for control.",
      options = {
        @Option(label = "Data", value = "data"),
        @Option(label = "Control", value = "control")
      })
  String message_type() default "data";
}
