// SPDX-License-Identifier: EPL-2.0
package io.kete.model.onnx;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
    id = OnnxEngine.PID,
    name = "ONNX engine",
    description = "Runs models in the ONNX format.",
    icon = @Icon(resource = "OSGI-INF/icon.png", size = 32))
@interface OnnxEngineConfig {
  @AttributeDefinition(
      name = "threads",
      description = "Threads that share the work of one operator; 1 is right for small models.",
      min = "1",
      max = "16")
  int threads() default 1;
}
