// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.security.keystore;

import org.jspecify.annotations.Nullable;

/** A summary of one key store. */
public class KeystoreInfo {
  private final String keystoreServicePid;
  private @Nullable String type;
  private int size;

  /** For the store with that {@code kura.service.pid}. */
  public KeystoreInfo(String keystoreServicePid) {
    this.keystoreServicePid = keystoreServicePid;
  }

  /** The {@code kura.service.pid} of the store. */
  public String getKeystoreServicePid() {
    return keystoreServicePid;
  }

  /** The format; null until set. */
  public @Nullable String getType() {
    return type;
  }

  /** Sets the format. */
  public void setType(@Nullable String type) {
    this.type = type;
  }

  /** The number of entries. */
  public int getSize() {
    return size;
  }

  /** Sets the number of entries. */
  public void setSize(int size) {
    this.size = size;
  }
}
