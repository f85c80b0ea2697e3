// SPDX-License-Identifier: EPL-2.0
package io.kete.status;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
    id = StatusPage.PID,
    name = "Status page",
    description = "The gateway's state on this machine's loopback address.",
    icon = @Icon(resource = "OSGI-INF/icon.png", size = 32))
@interface StatusPageConfig {

  @AttributeDefinition(
      name = "Port",
      description = "TCP port on 127.0.0.1; 0 takes a free one, which run/status.port then names",
      min = "0",
      max = "65535")
  int port() default 8077;
}
