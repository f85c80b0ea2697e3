// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.simulator;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

@ObjectClassDefinition(
    id = SimulatorDriver.PID,
    name = "Simulated pump",
    description = "Gives the signals of a pump that does not exist, with a fault if wanted.",
    icon = @Icon(resource = "OSGI-INF/icon.png", size = 32))
@interface SimulatorDriverConfig {
  @AttributeDefinition(
      name = "seed",
      description = "The same seed gives the same signals.",
      min = "-9223372036854775808",
      max = "9223372036854775807")
  long seed() default 1;

  @AttributeDefinition(
      name = "fault",
      description = "What goes wrong.",
      options = {
        @Option(label = "none", value = "none"),
        @Option(label = "closing.valve", value = "closing.valve"),
        @Option(label = "bearing.wear", value = "bearing.wear"),
        @Option(label = "sensor.dropout", value = "sensor.dropout")
      })
  String fault() default "none";

  @AttributeDefinition(
      name = "fault.after",
      description = "When it begins, in seconds after the start.",
      min = "0",
      max = "31536000")
  int fault_after() default 60;
}
