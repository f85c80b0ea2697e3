// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.deployment.hook;

import java.util.Map;
import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Is asked at each step of a download and installation whose request type it is registered for. An
 * exception ends the operation.
 */
@ConsumerType
public interface DeploymentHook {
  /**
   * Before the download begins.
   *
   * @throws KuraException ends the operation
   */
  void preDownload(RequestContext context, Map<String, Object> properties) throws KuraException;

  /**
   * After the file is there.
   *
   * @throws KuraException ends the operation
   */
  void postDownload(RequestContext context, Map<String, Object> properties) throws KuraException;

  /**
   * After the installation.
   *
   * @throws KuraException marks the operation as failed
   */
  void postInstall(RequestContext context, Map<String, Object> properties) throws KuraException;
}
