// SPDX-License-Identifier: EPL-2.0
package io.kete.model.trees;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
    id = TreesEngine.PID,
    name = "Tree engine",
    description = "Runs linear models and ensembles of trees without a native library.",
    icon = @Icon(resource = "OSGI-INF/icon.png", size = 32))
@interface TreesEngineConfig {
  @AttributeDefinition(
      name = "max.nodes",
      description = "Most nodes and weights of a model; each takes about 28 bytes.",
      min = "1",
      max = "1000000")
  int max_nodes() default 200_000;
}
