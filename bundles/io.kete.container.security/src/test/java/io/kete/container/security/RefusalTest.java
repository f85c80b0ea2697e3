// SPDX-License-Identifier: EPL-2.0
package io.kete.container.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

class RefusalTest {

  private static final String REFUSED = "kete.refused";

  private final AtomicBoolean stopped = new AtomicBoolean();

  @AfterEach
  void forget() {
    System.clearProperty(REFUSED);
  }

  private BundleContext context(Path data) {
    Object framework =
        proxy(
            Bundle.class,
            name -> {
              stopped.set(stopped.get() || name.equals("stop"));
              return "";
            });
    return (BundleContext)
        proxy(
            BundleContext.class, name -> name.equals("getProperty") ? data.toString() : framework);
  }

  private static Object proxy(Class<?> type, java.util.function.Function<String, Object> answer) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (self, method, arguments) ->
            method.getReturnType() == void.class && answer.apply(method.getName()) != null
                ? null
                : answer.apply(method.getName()));
  }

  @Test
  void aKnownSecretStopsTheGatewayAndTheLauncherIsToldWhy(@TempDir Path data) throws Exception {
    Path file = data.resolve("security/device.secret");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "changeit");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

    BundleContext context = context(data);
    assertThatThrownBy(() -> new DeviceCrypto(context)).hasMessageContaining("known default");
    assertThat(stopped).isTrue();
    assertThat(System.getProperty(REFUSED)).contains(file.toString(), "known default");
  }

  @Test
  void aGoodSecretIsMadeAndNothingStops(@TempDir Path data) {
    new DeviceCrypto(context(data));
    assertThat(data.resolve("security/device.secret")).isRegularFile();
    assertThat(stopped).isFalse();
    assertThat(System.getProperty(REFUSED)).isNull();
  }
}
