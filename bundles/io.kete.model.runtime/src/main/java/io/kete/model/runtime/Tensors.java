// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime;

import io.kete.model.api.ModelDescriptor;
import io.kete.model.api.Output;
import io.kete.model.api.Role;
import io.kete.model.runtime.slot.Loan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.ai.inference.ModelInfo;
import org.eclipse.kura.ai.inference.ModelInfoBuilder;
import org.eclipse.kura.ai.inference.Tensor;
import org.eclipse.kura.ai.inference.TensorDescriptor;

/**
 * A version as Kura's inference engines describe one: a tensor for each role, {@code [rows, steps]}
 * of unscaled values, oldest step first, and one for each output, {@code [rows]}.
 */
final class Tensors {

  private static final String FLOAT = "FP32";
  private static final int MAX_ROWS = 4096;
  private static final long FREE = -1;

  private final ModelDescriptor descriptor;
  private final String digest;

  Tensors(Loan version) {
    this.descriptor = version.descriptor();
    this.digest = version.digest();
  }

  ModelInfo info(String name) {
    ModelInfoBuilder info =
        ModelInfo.builder(name)
            .platform(descriptor.engine())
            .version(descriptor.version())
            .addParameter("model", descriptor.name())
            .addParameter("digest", digest);
    for (Role role : descriptor.roles()) {
      info.addInputDescriptor(
          TensorDescriptor.builder(role.name(), FLOAT, List.of(FREE, (long) descriptor.steps()))
              .addParameter("unit", role.unit())
              .addParameter("min", role.min())
              .addParameter("max", role.max())
              .build());
    }
    descriptor.outputs().forEach(output -> info.addOutputDescriptor(described(output, FREE)));
    return info.build();
  }

  private TensorDescriptor described(Output output, long rows) {
    return TensorDescriptor.builder(output.name(), FLOAT, List.of(rows))
        .addParameter("unit", output.unit())
        .addParameter("version", descriptor.version())
        .addParameter("digest", digest)
        .build();
  }

  /** The rows of these tensors, scaled, one after the other. */
  float[] rows(List<Tensor> tensors) throws KuraException {
    List<Role> roles = descriptor.roles();
    if (tensors.size() != roles.size()) {
      throw wrong(tensors.size() + " tensors, the model takes " + roles.size());
    }
    int steps = descriptor.steps();
    float[] rows = new float[0];
    int width = descriptor.width();
    for (int role = 0; role < roles.size(); role++) {
      List<? extends Number> values = values(tensors, roles.get(role).name());
      if (role == 0) {
        rows = new float[length(values.size(), steps) * width];
      }
      if (values.size() * roles.size() != rows.length) {
        throw wrong("tensor " + roles.get(role).name() + " has another number of rows");
      }
      for (int i = 0; i < values.size(); i++) {
        float value = roles.get(role).scaled(values.get(i).doubleValue());
        if (!Float.isFinite(value)) {
          throw wrong("tensor " + roles.get(role).name() + " holds what is no finite number");
        }
        rows[i / steps * width + i % steps * roles.size() + role] = value;
      }
    }
    return rows;
  }

  private static int length(int values, int steps) throws KuraException {
    if (values == 0 || values % steps != 0 || values / steps > MAX_ROWS) {
      throw wrong(
          values + " values, rows of " + steps + " are needed, from 1 to " + MAX_ROWS + " of them");
    }
    return values / steps;
  }

  private static List<? extends Number> values(List<Tensor> tensors, String name)
      throws KuraException {
    for (Tensor tensor : tensors) {
      if (tensor.getDescriptor().getName().equals(name)) {
        Optional<List<Float>> floats = tensor.getData(Float.class);
        Optional<List<Double>> doubles = tensor.getData(Double.class);
        if (floats.isEmpty() && doubles.isEmpty()) {
          throw wrong("tensor " + name + " holds neither Float nor Double");
        }
        return floats.isPresent() ? floats.get() : doubles.get();
      }
    }
    throw wrong("there is no tensor " + name);
  }

  /** The scores, one tensor for each output. */
  List<Tensor> outputs(float[] scores) {
    List<Output> outputs = descriptor.outputs();
    int rows = scores.length / outputs.size();
    List<Tensor> tensors = new ArrayList<>();
    for (int output = 0; output < outputs.size(); output++) {
      List<Float> column = new ArrayList<>(rows);
      for (int row = 0; row < rows; row++) {
        column.add(scores[row * outputs.size() + output]);
      }
      tensors.add(new Tensor(Float.class, described(outputs.get(output), rows), column));
    }
    return tensors;
  }

  private static KuraException wrong(String what) {
    return new KuraException(KuraErrorCode.INVALID_PARAMETER, what);
  }
}
