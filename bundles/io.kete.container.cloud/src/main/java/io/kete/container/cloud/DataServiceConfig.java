// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/**
 * Kura's keys; those of its message store, rate limit and schedule are accepted so that one
 * snapshot fits both hosts.
 */
@ObjectClassDefinition(
    id = MqttDataService.PID,
    name = "DataService",
    description = "Keeps the connection up. Stores nothing: the durable buffer does.",
    icon = @Icon(resource = "OSGI-INF/icon.png", size = 32))
@SuppressWarnings("MemberName")
@interface DataServiceConfig {

  String NONE = "No effect here. ";

  @AttributeDefinition(
      name = "connect.auto-on-startup",
      description = "Whether to connect at start and again after each loss.")
  boolean connect_auto$_$on$_$startup() default false;

  @AttributeDefinition(
      name = "connect.retry-interval",
      description =
          "Longest pause between attempts in seconds, 1 to 86400. Pauses begin at 1 s and double, with jitter.",
      min = "1",
      max = "86400")
  int connect_retry$_$interval() default 60;

  @AttributeDefinition(
      name = "enable.recovery.on.connection.failure",
      description = NONE + "A gateway is not rebooted for its network.")
  boolean enable_recovery_on_connection_failure() default false;

  @AttributeDefinition(
      name = "connection.recovery.max.failures",
      description = NONE + "Belongs to the key above.",
      min = "1")
  int connection_recovery_max_failures() default 10;

  @AttributeDefinition(
      name = "disconnect.quiesce-timeout",
      description =
          "Seconds that messages in flight get before an orderly disconnect, 0 to 60; at most 2 when the gateway stops.",
      min = "0",
      max = "60")
  int disconnect_quiesce$_$timeout() default 10;

  @AttributeDefinition(
      name = "store.db.service.pid",
      description = NONE + "There is no message store.")
  String store_db_service_pid() default "org.eclipse.kura.db.H2DbService";

  @AttributeDefinition(
      name = "store.housekeeper-interval",
      description = NONE + "There is no message store.",
      min = "5")
  int store_housekeeper$_$interval() default 900;

  @AttributeDefinition(
      name = "store.purge-age",
      description = NONE + "There is no message store.",
      min = "5")
  int store_purge$_$age() default 60;

  @AttributeDefinition(
      name = "store.capacity",
      description = NONE + "There is no message store.",
      min = "1")
  int store_capacity() default 10_000;

  @AttributeDefinition(
      name = "in-flight-messages.republish-on-new-session",
      description = NONE + "The buffer sends again.")
  boolean in$_$flight$_$messages_republish$_$on$_$new$_$session() default true;

  @AttributeDefinition(
      name = "in-flight-messages.max-number",
      description = NONE + "See kete.max-inflight of the transport.",
      min = "1",
      max = "10")
  int in$_$flight$_$messages_max$_$number() default 9;

  @AttributeDefinition(
      name = "in-flight-messages.congestion-timeout",
      description = NONE + "Keep-alive finds dead links.",
      min = "0")
  int in$_$flight$_$messages_congestion$_$timeout() default 0;

  @AttributeDefinition(
      name = "enable.rate.limit",
      description = NONE + "Rates are limited in the route.")
  boolean enable_rate_limit() default true;

  @AttributeDefinition(
      name = "rate.limit.average",
      description = NONE + "Rates are limited in the route.",
      min = "1")
  int rate_limit_average() default 1;

  @AttributeDefinition(
      name = "rate.limit.time.unit",
      description = NONE + "Rates are limited in the route.",
      options = {
        @Option(label = "SECONDS", value = "SECONDS"),
        @Option(label = "MINUTES", value = "MINUTES"),
        @Option(label = "HOURS", value = "HOURS"),
        @Option(label = "DAYS", value = "DAYS")
      })
  String rate_limit_time_unit() default "SECONDS";

  @AttributeDefinition(
      name = "rate.limit.burst.size",
      description = NONE + "Rates are limited in the route.",
      min = "1")
  int rate_limit_burst_size() default 1;

  @AttributeDefinition(
      name = "connection.schedule.enabled",
      description = NONE + "The connection is kept up all the time.")
  boolean connection_schedule_enabled() default false;

  @AttributeDefinition(
      name = "connection.schedule.expression",
      description = NONE + "Belongs to the schedule.")
  String connection_schedule_expression() default "0 0 0 ? * * *";

  @AttributeDefinition(
      name = "connection.schedule.priority.override.enable",
      description = NONE + "Belongs to the schedule.")
  boolean connection_schedule_priority_override_enable() default false;

  @AttributeDefinition(
      name = "connection.schedule.priority.override.threshold",
      description = NONE + "Belongs to the schedule.")
  int connection_schedule_priority_override_threshold() default 1;

  @AttributeDefinition(
      name = "connection.schedule.inactivity.interval.seconds",
      description = NONE + "Belongs to the schedule.",
      min = "1")
  long connection_schedule_inactivity_interval_seconds() default 60;
}
