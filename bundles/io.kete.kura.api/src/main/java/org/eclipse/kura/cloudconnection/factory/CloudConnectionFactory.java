// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.cloudconnection.factory;

import java.util.List;
import java.util.Set;
import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ProviderType;

/** Makes cloud connections of one kind, each a stack of configured components. */
@ProviderType
public interface CloudConnectionFactory {
  /** The property by which the components of a stack name their factory. */
  String KURA_CLOUD_CONNECTION_FACTORY_PID = "kura.cloud.connection.factory.pid";

  /** The kind of connection, as a factory PID. */
  String getFactoryPid();

  /**
   * Creates the stack whose endpoint gets that PID.
   *
   * @throws KuraException when a component cannot be created
   */
  void createConfiguration(String pid) throws KuraException;

  /**
   * The PIDs of the stack's components, the endpoint first.
   *
   * @throws KuraException when there is no such stack
   */
  List<String> getStackComponentsPids(String pid) throws KuraException;

  /**
   * Removes the stack.
   *
   * @throws KuraException when a component cannot be removed
   */
  void deleteConfiguration(String pid) throws KuraException;

  /**
   * The endpoints this factory made.
   *
   * @throws KuraException when they cannot be listed
   */
  Set<String> getManagedCloudConnectionPids() throws KuraException;
}
