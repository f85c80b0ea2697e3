// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
    id = Slot.PID,
    name = "Slot",
    description = "A place in routes where one version of a model serves at a time.",
    icon = @Icon(resource = "OSGI-INF/icon.png", size = 32))
@interface SlotConfig {

  @AttributeDefinition(
      name = "Slot",
      description = "Name of the slot, unique on the gateway; routes use it as model:<slot>.")
  String slot();

  @AttributeDefinition(name = "Model", description = "Name of the model that serves here.")
  String model();

  @AttributeDefinition(
      name = "Pinned version",
      required = false,
      description =
          "The version that has to serve, also when it is older. Empty: the newest installed one.")
  String pin() default "";

  @AttributeDefinition(
      name = "Stream of events",
      required = false,
      description = "Name of the stream that hears of every change. Empty: none.")
  String events_stream() default "events";
}
