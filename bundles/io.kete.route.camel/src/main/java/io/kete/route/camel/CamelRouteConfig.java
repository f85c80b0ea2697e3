// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
    id = CamelRoute.PID,
    name = "Route",
    description = "One way of samples from an asset through filters into a stream.",
    icon = @Icon(resource = "OSGI-INF/icon.png", size = 32))
@interface CamelRouteConfig {

  @AttributeDefinition(
      name = "Route",
      description =
          "Exactly one route in Camel's YAML, for instance from asset:pump-1?period=1000 through signal:range"
              + " and signal:deadband to buffer:telemetry. A broken text is refused with its line; what ran before runs on.|TextArea")
  String route() default "";

  @AttributeDefinition(
      name = "Enabled",
      type = AttributeType.BOOLEAN,
      description = "Whether the route runs.")
  boolean enabled() default true;
}
