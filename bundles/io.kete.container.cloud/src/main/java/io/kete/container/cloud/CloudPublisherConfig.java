// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

@ObjectClassDefinition(
    id = TopicPublisher.PID,
    name = "CloudPublisher",
    description =
        "Sends the messages of an application to one topic, or to one topic for each value of a property.",
    icon = @Icon(resource = "OSGI-INF/icon.png", size = 32))
@SuppressWarnings("MemberName")
@interface CloudPublisherConfig {

  @AttributeDefinition(
      name = "cloud.endpoint.service.pid",
      description = "PID of the cloud service to send through.")
  String cloud_endpoint_service_pid() default KapuaCloudService.PID;

  @AttributeDefinition(
      name = "appId",
      description = "Application: the topic level behind the client id.")
  String appId() default "W1";

  @AttributeDefinition(
      name = "app.topic",
      description = "Rest of the topic; $name is replaced by that property of the message.",
      required = false)
  String app_topic() default "A1/$assetName";

  @AttributeDefinition(
      name = "qos",
      description = "0: at most once, never confirmed. 1: at least once, confirmed.",
      options = {@Option(label = "0", value = "0"), @Option(label = "1", value = "1")})
  int qos() default 0;

  @AttributeDefinition(
      name = "retain",
      description = "Whether the broker keeps the last message of a topic.")
  boolean retain() default false;

  @AttributeDefinition(
      name = "message.type",
      description = "Whether the topic is one for data or for control.",
      options = {
        @Option(label = "Data", value = "data"),
        @Option(label = "Control", value = "control")
      })
  String message_type() default "data";

  @AttributeDefinition(
      name = "priority",
      description = "No effect here: there is no message store; streams have priorities.")
  int priority() default 7;
}
