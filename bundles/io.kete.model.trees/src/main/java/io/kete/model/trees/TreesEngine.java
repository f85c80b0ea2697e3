// SPDX-License-Identifier: EPL-2.0
package io.kete.model.trees;

import io.kete.model.api.LoadedModel;
import io.kete.model.api.ModelDescriptor;
import io.kete.model.api.ModelEngine;
import io.kete.model.api.ModelException;
import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;

/** Loads models that are written in JSON, see the README of this bundle. */
@Component(
    name = TreesEngine.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    service = {ModelEngine.class, ConfigurableComponent.class},
    property = ModelEngine.ENGINE + "=" + TreesEngine.NAME)
@Designate(ocd = TreesEngineConfig.class)
public final class TreesEngine implements ModelEngine, ConfigurableComponent {

  /** Name of the component and of its configuration. */
  public static final String PID = "io.kete.model.trees.TreesEngine";

  static final String NAME = "trees";

  private static final int LARGEST_LIMIT = 1_000_000;
  private static final int MAX_BYTES = 16 << 20;

  private final int maxNodes;

  /** Called by the container. */
  @Activate
  public TreesEngine(TreesEngineConfig config) {
    this(config.max_nodes());
  }

  /**
   * For programs that prove models without a container.
   *
   * @param maxNodes most nodes and weights of a model
   */
  public TreesEngine(int maxNodes) {
    if (maxNodes < 1 || maxNodes > LARGEST_LIMIT) {
      throw new IllegalArgumentException(
          PID + ": max.nodes is " + maxNodes + ", allowed are 1 to " + LARGEST_LIMIT);
    }
    this.maxNodes = maxNodes;
  }

  @Override
  public LoadedModel load(ModelDescriptor descriptor, ByteBuffer model) throws ModelException {
    long allowed = Math.min(MAX_BYTES, descriptor.memoryLimitBytes());
    if (model.remaining() > allowed) {
      throw new ModelException(
          "the model has " + model.remaining() + " bytes, allowed are " + allowed);
    }
    List<Formula> outputs = new ModelReader(descriptor.width(), maxNodes).read(model);
    if (outputs.size() != descriptor.outputs().size()) {
      throw new ModelException(
          "the model has "
              + outputs.size()
              + " outputs, its descriptor names "
              + descriptor.outputs().size());
    }
    return new TreesModel(descriptor.width(), outputs);
  }
}
