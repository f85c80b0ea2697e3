// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

@ObjectClassDefinition(
    id = CloudUplink.PID,
    name = "Kete Cloud Uplink",
    description =
        "Drains one durable stream to the broker, live data first. What the broker confirmed is removed from the stream; what it"
            + " did not confirm is sent again. Changes take effect without a new connection.",
    icon = @Icon(resource = "OSGI-INF/icon.png", size = 32))
@interface CloudUplinkConfig {

  @AttributeDefinition(
      name = "Stream filter",
      description = "LDAP filter that selects the stream, for instance (kete.stream=telemetry).")
  String Stream_target() default "(kete.stream=telemetry)";

  @AttributeDefinition(
      name = "Transport",
      description =
          "The cloud publisher, or the MQTT connection itself, which is faster on a gateway whose publisher stores messages.",
      options = {
        @Option(label = "Cloud publisher", value = "cloud-publisher"),
        @Option(label = "Data transport service", value = "data-transport")
      })
  String transport() default "cloud-publisher";

  @AttributeDefinition(
      name = "CloudPublisher target filter",
      description =
          "LDAP filter that selects the publisher, for instance (kura.service.pid=telemetry-publisher). Its qos must be 1.")
  String CloudPublisher_target() default "(kura.service.pid=changeme)";

  @AttributeDefinition(
      name = "DataTransportService target filter",
      description = "LDAP filter that selects the connection, if that is the transport.")
  String DataTransportService_target() default
      "(kura.service.pid=org.eclipse.kura.core.data.transport.mqtt.MqttDataTransport)";

  @AttributeDefinition(
      name = "Transport topic",
      description =
          "Topic below account and client id, if the data transport service is used; $assetName and $stream stand for the"
              + " message's own.")
  String transport_topic() default "W1/A1/$assetName";

  @AttributeDefinition(
      name = "Transport gzip from (bytes)",
      description =
          "Payloads from about this size on are compressed if that makes them shorter and the data transport service is used.",
      min = "0",
      max = "2147483647")
  int transport_gzip_from() default 512;

  @AttributeDefinition(
      name = "Link",
      description =
          "Name of the connection. Uplinks that name the same one share it: live before backlog, and by the streams' priorities.")
  String link() default "cloud";

  @AttributeDefinition(
      name = "Window",
      description = "Most messages that may wait for their confirmation at one time, 1 to 10000.",
      min = "1",
      max = "10000")
  int window() default 256;

  @AttributeDefinition(
      name = "Backlog delay (ms)",
      description =
          "The backlog keeps in flight what the link carries in this time, so live data waits no longer behind it, 50 to 60000.",
      min = "50",
      max = "60000")
  int backlog_delay() default 1000;

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

  @AttributeDefinition(
      name = "Refusals",
      description =
          "A message that was refused so often for what it is does not stop the stream any longer, 1 to 1000.",
      min = "1",
      max = "1000")
  int refusals_max() default 5;

  @AttributeDefinition(
      name = "Largest message (bytes)",
      description =
          "Larger messages are given up and reported as dropped, 1024 to 268435455. Set it to what the broker takes.",
      min = "1024",
      max = "268435455")
  int max_message_bytes() default 16_777_216;

  @AttributeDefinition(
      name = "Bytes per second",
      description = "Most bytes per second, about; 0 is no limit.",
      min = "0",
      max = "1125899906842624")
  long max_bytes_per_second() default 0;

  @AttributeDefinition(
      name = "Messages per second",
      description = "Most messages per second; 0 is no limit.",
      min = "0",
      max = "1125899906842624")
  long max_messages_per_second() default 0;

  @AttributeDefinition(
      name = "Schedule",
      description =
          "Minutes in which anything is sent, as cron lines separated by semicolons (minute hour day-of-month month"
              + " day-of-week, local time); empty is always. For instance * 22-23,0-5 * * * for the nights.",
      required = false)
  String schedule() default "";

  @AttributeDefinition(
      name = "Schedule of the backlog",
      description = "Minutes in which backlog is sent, likewise; live data is not concerned.",
      required = false)
  String schedule_backlog() default "";

  @AttributeDefinition(
      name = "Bytes per day",
      description = "Most bytes per day of local time, about; 0 is no limit.",
      min = "0",
      max = "1125899906842624")
  long budget_bytes_per_day() default 0;

  @AttributeDefinition(
      name = "Live part of the day's bytes (%)",
      description = "Part of the bytes per day that the backlog may not use, 0 to 100.",
      min = "0",
      max = "100")
  int budget_live_percent() default 50;

  @AttributeDefinition(
      name = "Ledger interval (s)",
      description =
          "Time between two records with the account of the stream, 0 to 86400 seconds; 0 sends none.",
      min = "0",
      max = "86400")
  int ledger_interval() default 300;

  @AttributeDefinition(
      name = "Ledgers of routes",
      description = "Whether the accounts of the routes are sent along; one uplink suffices.")
  boolean ledger_routes() default true;
}
