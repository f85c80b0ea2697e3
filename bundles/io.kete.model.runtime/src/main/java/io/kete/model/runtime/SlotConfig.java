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
      name = "Promoted version",
      required = false,
      description = "A version that serves without a time in the shadow, or ends it. Empty: none.")
  String promote() default "";

  @AttributeDefinition(
      name = "Rolled back versions",
      required = false,
      description =
          "Versions, separated by commas, that must not serve unless pinned; when one of them"
              + " serves, the one before it comes back. Empty: none.")
  String rollback() default "";

  @AttributeDefinition(
      name = "Stream of events",
      required = false,
      description = "Name of the stream that hears of every change. Empty: none.")
  String events_stream() default "events";

  @AttributeDefinition(
      name = "Samples in the shadow",
      required = false,
      min = "0",
      max = "1000000",
      description =
          "A new version first scores so many samples beside the one that serves. 0: it serves at"
              + " once.")
  int shadow_samples() default 0;

  @AttributeDefinition(
      name = "Minutes in the shadow",
      required = false,
      min = "0",
      max = "10080",
      description = "The shadow ends after this time, too. 0: only after the samples.")
  int shadow_minutes() default 0;

  @AttributeDefinition(
      name = "Difference in the shadow",
      required = false,
      min = "0",
      max = "1000000000000",
      description = "Largest mean difference of scores that a new version may show. 0: any.")
  double shadow_difference() default 0;

  @AttributeDefinition(
      name = "Hours of probation",
      required = false,
      min = "0",
      max = "8760",
      description =
          "A version that serves badly within this time gives way to the one before it. 0: never.")
  int probation_hours() default 24;

  @AttributeDefinition(
      name = "Seconds to wait",
      required = false,
      min = "0",
      max = "60",
      description = "Samples wait so long for a model before they are passed on without a score.")
  int wait_seconds() default 0;
}
