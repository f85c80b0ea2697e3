// SPDX-License-Identifier: EPL-2.0
package io.kete.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kete.model.api.ModelEngine;
import io.kete.model.api.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.net.URL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NoNativeLibraryTest {

  @Test
  void refusesEachLoadAndBlamesThePlatformInsteadOfTheModel() throws Exception {
    Constructor<?> constructor =
        new Bare().loadClass(OnnxEngine.class.getName()).getDeclaredConstructor(int.class);
    constructor.setAccessible(true);
    ModelEngine engine = (ModelEngine) constructor.newInstance(1);

    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatExceptionOfType(ModelException.class)
          .isThrownBy(
              () -> engine.load(Descriptors.of(3, 1, "score"), Graph.linear(Graph.FREE).toBuffer()))
          .withMessageStartingWith("ONNX Runtime has no native library for ")
          .satisfies(refused -> assertThat(refused.isLasting()).isFalse());
    }
  }

  /** Has its own copy of engine and ONNX Runtime, as a host bundle without a fragment does. */
  private static final class Bare extends ClassLoader {

    Bare() {
      super(NoNativeLibraryTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      boolean own = name.startsWith("ai.onnxruntime.") || name.startsWith("io.kete.model.onnx.");
      if (!own) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      String resource = name.replace('.', '/') + ".class";
      try (InputStream in = getParent().getResourceAsStream(resource)) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }

    @Override
    public @Nullable URL getResource(String name) {
      return name.contains("onnxruntime/native") ? null : super.getResource(name);
    }
  }
}
