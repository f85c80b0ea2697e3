// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

class HostSecretTest {

  private static final String KURA = "org.eclipse.kura.core.crypto";

  /** A framework whose CryptoService is of this bundle, with a secret of its own or without. */
  private static BundleContext framework(String bundle, String secret) {
    Bundle owner = answering(Bundle.class, Map.of("getSymbolicName", bundle));
    ServiceReference<?> crypto = answering(ServiceReference.class, Map.of("getBundle", owner));
    return answering(
        BundleContext.class,
        secret.isEmpty()
            ? Map.of("getServiceReference", crypto)
            : Map.of("getServiceReference", crypto, "getProperty", secret));
  }

  private static <T> T answering(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answers.get(method.getName())));
  }

  @Test
  void aKuraWithTheSecretEveryKuraHasIsToldWithWhatToDo() {
    assertThat(HostSecret.problem(framework(KURA, "")))
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .contains("the secret every Kura has", "-D" + KURA + ".secretKey=", "again"));
  }

  @Test
  void nothingIsToldOfASecretOfItsOwnOrAnotherService() {
    assertThat(HostSecret.problem(framework(KURA, "32 characters of somebody's own.."))).isEmpty();
    assertThat(HostSecret.problem(framework("io.kete.container.security", ""))).isEmpty();
    assertThat(HostSecret.problem(answering(BundleContext.class, Map.of()))).isEmpty();
  }

  @Test
  void theStatusHoldsTheAlarmAsLongAsItIsTrue(@TempDir Path folder) {
    PolicySettings settings = PolicySettings.nothing(folder);
    Folders folders = new Folders(folder, folder.resolve("data"), false);
    var problem = new java.util.concurrent.atomic.AtomicReference<>(Optional.of("alarm"));
    CmsPolicy policy =
        new CmsPolicy(settings, folders, Clock.systemUTC(), System::nanoTime, problem::get);

    assertThat(policy.status().problems()).contains("alarm");
    problem.set(Optional.empty());
    assertThat(policy.status().problems()).doesNotContain("alarm");
    policy.deactivate();
  }
}
