// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.cloudconnection.request;

import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ProviderType;

/** Ties request handlers to application ids of one cloud connection. */
@ProviderType
public interface RequestHandlerRegistry {
  /**
   * Requests to that application id go to the handler from now on.
   *
   * @throws KuraException when the id is taken
   */
  void registerRequestHandler(String id, RequestHandler requestHandler) throws KuraException;

  /**
   * Requests to that application id are no longer answered.
   *
   * @throws KuraException when there is no such handler
   */
  void unregister(String id) throws KuraException;
}
