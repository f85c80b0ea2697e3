// SPDX-License-Identifier: EPL-2.0
package io.kete.model.api;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/** Runs models of one format. Offered as a service with the property {@link #ENGINE}. */
@ConsumerType
public interface ModelEngine {

  /** Service property: the format, as named by {@link ModelDescriptor#engine()}. */
  String ENGINE = "kete.engine";

  /**
   * Loads a model. May take long and is never called on the way of a sample.
   *
   * @param model all bytes of the model, read only
   * @throws ModelException if the bytes are not such a model or do not fit the descriptor
   */
  LoadedModel load(ModelDescriptor descriptor, ByteBuffer model) throws ModelException;
}
