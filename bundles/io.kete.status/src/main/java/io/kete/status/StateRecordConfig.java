// SPDX-License-Identifier: EPL-2.0
package io.kete.status;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
    id = StateRecord.PID,
    name = "State record",
    description = "Tells the centre which bundles run after each start and each change.",
    icon = @Icon(resource = "OSGI-INF/icon.png", size = 32))
@interface StateRecordConfig {

  @AttributeDefinition(
      name = "stream",
      description = "Stream that takes the record; empty: none is made.",
      required = false)
  String stream() default "events";

  @AttributeDefinition(
      name = "settle",
      description = "Seconds without a change of any bundle until the state is recorded.",
      min = "1",
      max = "3600")
  int settle() default 10;
}
