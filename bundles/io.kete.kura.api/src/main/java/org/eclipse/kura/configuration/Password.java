// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.configuration;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A secret configuration value: clear or encrypted, as the place says that hands it over. The array
 * is shared, so that it can be overwritten. A null password is taken for the empty one.
 */
@ProviderType
public class Password {
  private final char[] password;

  /** From a text. */
  public Password(@Nullable String password) {
    this(password == null ? null : password.toCharArray());
  }

  /** From characters, which are not copied. */
  public Password(char @Nullable [] password) {
    this.password = password == null ? new char[0] : password;
  }

  /** The characters themselves. */
  public char[] getPassword() {
    return password;
  }

  /** The secret as text: never log it. */
  @Override
  public String toString() {
    return new String(password);
  }
}
