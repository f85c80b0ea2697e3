// SPDX-License-Identifier: EPL-2.0
package io.kete.model.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.kete.model.api.LoadedModel;
import io.kete.model.api.ModelDescriptor;
import io.kete.model.api.ModelEngine;
import io.kete.model.api.ModelException;
import java.nio.ByteBuffer;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Loads ONNX models. The native library is loaded with the first model, not with the component, so
 * activation is quick and a box without it still starts.
 */
@Component(
    name = OnnxEngine.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    service = {ModelEngine.class, ConfigurableComponent.class},
    property = ModelEngine.ENGINE + "=" + OnnxEngine.NAME)
@Designate(ocd = OnnxEngineConfig.class)
public final class OnnxEngine implements ModelEngine, ConfigurableComponent {

  /** Name of the component and of its configuration. */
  public static final String PID = "io.kete.model.onnx.OnnxEngine";

  static final String NAME = "onnx";

  private static final int MAX_THREADS = 16;

  private final int threads;

  /** Called by the container. */
  @Activate
  public OnnxEngine(OnnxEngineConfig config) {
    this(config.threads());
  }

  /**
   * For programs that prove models without a container.
   *
   * @param threads share the work of one operator
   */
  public OnnxEngine(int threads) {
    if (threads < 1 || threads > MAX_THREADS) {
      throw new IllegalArgumentException(
          PID + ": threads is " + threads + ", allowed are 1 to " + MAX_THREADS);
    }
    this.threads = threads;
  }

  @Override
  public LoadedModel load(ModelDescriptor descriptor, ByteBuffer model) throws ModelException {
    if (model.remaining() > descriptor.memoryLimitBytes()) {
      throw new ModelException(
          "the model has "
              + model.remaining()
              + " bytes, its descriptor allows "
              + descriptor.memoryLimitBytes());
    }
    OnnxInspection.inspect(model, descriptor.memoryLimitBytes());
    OrtEnvironment environment = environment();
    OrtSession session = session(environment, model);
    try {
      return new OnnxModel(
          environment, session, Signature.of(descriptor, environment, session), descriptor.width());
    } catch (ModelException unfit) {
      close(session);
      throw unfit;
    }
  }

  private static OrtEnvironment environment() throws ModelException {
    NativeLibraries.prepare();
    try {
      return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "kete");
    } catch (LinkageError missing) {
      NativeLibraries.discard();
      throw new ModelException(
          "ONNX Runtime has no native library for "
              + System.getProperty("os.name")
              + " on "
              + System.getProperty("os.arch")
              + "; install its fragment or use a model for another engine",
          missing,
          false);
    }
  }

  private OrtSession session(OrtEnvironment environment, ByteBuffer model) throws ModelException {
    try (SessionOptions options = new SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setCPUArenaAllocator(false);
      options.setMemoryPatternOptimization(false);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      // otherwise the first bytes could choose a format that was not inspected
      options.addConfigEntry("session.load_model_format", "ONNX");
      return environment.createSession(direct(model), options);
    } catch (OrtException refused) {
      throw new ModelException("ONNX Runtime refuses the model: " + OrtText.of(refused), refused);
    }
  }

  private static ByteBuffer direct(ByteBuffer model) {
    if (model.isDirect()) {
      return model.duplicate();
    }
    ByteBuffer copy = ByteBuffer.allocateDirect(model.remaining());
    copy.put(model.duplicate());
    copy.flip();
    return copy;
  }

  static void close(OrtSession session) throws ModelException {
    try {
      session.close();
    } catch (OrtException e) {
      throw new ModelException("the session did not close", e);
    }
  }
}
