// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
    id = CloudUplink.PID,
    name = "Kete Cloud Uplink",
    description =
        "Drains one durable stream into one cloud publisher. What the broker confirmed is removed from the stream; what it did not"
            + " confirm is sent again.",
    icon = @Icon(resource = "OSGI-INF/icon.png", size = 32))
@interface CloudUplinkConfig {

  @AttributeDefinition(
      name = "Stream filter",
      description = "LDAP filter that selects the stream, for instance (kete.stream=telemetry).")
  String Stream_target() default "(kete.stream=telemetry)";

  @AttributeDefinition(
      name = "CloudPublisher target filter",
      description =
          "LDAP filter that selects the publisher, for instance (kura.service.pid=telemetry-publisher).")
  String CloudPublisher_target() default "(kura.service.pid=changeme)";

  @AttributeDefinition(
      name = "Window",
      description = "Most messages that may wait for their confirmation at one time, 1 to 10000.",
      min = "1",
      max = "10000")
  int window() default 256;

  @AttributeDefinition(
      name = "Confirmation timeout (s)",
      description =
          "After this time without a confirmation everything unconfirmed is sent again, 5 to 3600 seconds.",
      min = "5",
      max = "3600")
  int confirm_timeout() default 60;

  @AttributeDefinition(
      name = "Retry interval (ms)",
      description =
          "Pause after a publisher refused a message, 10 to 60000 milliseconds; a new connection ends it early.",
      min = "10",
      max = "60000")
  int retry_interval() default 1000;
}
