// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms;

import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * Whether the passwords of a Kura are protected by the secret every Kura has. Kura's own bundle
 * uses it unless the system property is set; our own keys never depend on it.
 */
final class HostSecret {

  private static final String SERVICE = "org.eclipse.kura.crypto.CryptoService";
  private static final String BUNDLE = "org.eclipse.kura.core.crypto";
  private static final String PROPERTY = "org.eclipse.kura.core.crypto.secretKey";

  private HostSecret() {}

  /** What to do about it; empty when there is nothing to do. */
  static Optional<String> problem(BundleContext context) {
    ServiceReference<?> crypto = context.getServiceReference(SERVICE);
    String set = context.getProperty(PROPERTY);
    boolean known =
        crypto != null
            && crypto.getBundle() != null
            && BUNDLE.equals(crypto.getBundle().getSymbolicName())
            && (set == null || set.isBlank());
    return known
        ? Optional.of(
            "this Kura protects its passwords with the secret every Kura has: start it with -D"
                + PROPERTY
                + "=<32 characters of your own> and set the passwords again")
        : Optional.empty();
  }
}
