// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.modbus;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
    id = ModbusDriver.PID,
    name = "Modbus TCP driver",
    description = "Reads and writes coils and registers of one Modbus TCP device or gateway.",
    icon = @Icon(resource = "OSGI-INF/icon.png", size = 32))
@interface ModbusDriverConfig {
  @AttributeDefinition(name = "host", description = "Host name or address of the device.")
  String host() default "localhost";

  @AttributeDefinition(name = "port", description = "TCP port.", min = "1", max = "65535")
  int port() default 502;

  @AttributeDefinition(
      name = "unit.id",
      description = "Unit id of channels that name none.",
      min = "0",
      max = "255")
  int unit_id() default 1;

  @AttributeDefinition(
      name = "connect.timeout",
      description = "How long connecting may take, in ms.",
      min = "10",
      max = "60000")
  int connect_timeout() default 2000;

  @AttributeDefinition(
      name = "response.timeout",
      description = "How long the device may take to answer one request, in ms.",
      min = "10",
      max = "60000")
  int response_timeout() default 1000;

  @AttributeDefinition(
      name = "max.gap",
      description = "Channels at most so many unused addresses apart are read by one request.",
      min = "0",
      max = "124")
  int max_gap() default 8;

  @AttributeDefinition(
      name = "max.registers",
      description = "Registers in one request.",
      min = "1",
      max = "125")
  int max_registers() default 125;

  @AttributeDefinition(
      name = "max.bits",
      description = "Coils or discrete inputs in one request.",
      min = "1",
      max = "2000")
  int max_bits() default 2000;

  @AttributeDefinition(
      name = "backoff.min",
      description = "Pause after the first failed attempt, in ms; doubles with each further one.",
      min = "1",
      max = "3600000")
  int backoff_min() default 1000;

  @AttributeDefinition(
      name = "backoff.max",
      description = "Longest pause between attempts, in ms.",
      min = "1",
      max = "3600000")
  int backoff_max() default 60_000;
}
