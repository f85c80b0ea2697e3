// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.ssl;

import org.osgi.annotation.versioning.ConsumerType;

/** Hears that TLS settings changed; sockets should be made anew. */
@ConsumerType
public interface SslServiceListener {
  /** The settings changed. */
  void onConfigurationUpdated();
}
