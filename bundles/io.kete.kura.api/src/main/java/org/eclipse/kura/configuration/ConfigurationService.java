// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.configuration;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.kura.KuraException;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.framework.Filter;

/**
 * Reads and changes the configuration of every component and keeps snapshots of it. Changes are
 * applied before a method returns; a snapshot id is the time it was taken, in ms since 1970.
 */
@ProviderType
public interface ConfigurationService {
  /** The service property that names a component instance. */
  String KURA_SERVICE_PID = "kura.service.pid";

  /** The PIDs of which instances can be created. */
  Set<String> getFactoryComponentPids();

  /**
   * Creates an instance with its metatype defaults and the given properties, which may be null.
   *
   * @throws KuraException when the PID is taken or the factory unknown
   */
  void createFactoryConfiguration(
      String factoryPid, String pid, @Nullable Map<String, Object> properties, boolean takeSnapshot)
      throws KuraException;

  /**
   * Deletes an instance.
   *
   * @throws KuraException when it cannot be deleted
   */
  void deleteFactoryConfiguration(String pid, boolean takeSnapshot) throws KuraException;

  /** The PIDs of all components that are there now. */
  Set<String> getConfigurableComponentPids();

  /**
   * The configuration of every component.
   *
   * @throws KuraException when it cannot be read
   */
  List<ComponentConfiguration> getComponentConfigurations() throws KuraException;

  /**
   * The configuration of the components whose service properties match the filter.
   *
   * @throws KuraException when it cannot be read
   */
  List<ComponentConfiguration> getComponentConfigurations(Filter filter) throws KuraException;

  /**
   * The configuration of one component, or null when there is none of that PID.
   *
   * @throws KuraException when it cannot be read
   */
  @Nullable ComponentConfiguration getComponentConfiguration(String pid) throws KuraException;

  /**
   * The definition with its defaults as values, or null when there is none of that PID.
   *
   * @throws KuraException when it cannot be read
   */
  @Nullable ComponentConfiguration getDefaultComponentConfiguration(String pid)
      throws KuraException;

  /**
   * Merges the properties into the component's configuration and takes a snapshot.
   *
   * @throws KuraException when the component does not take it
   */
  void updateConfiguration(String pid, Map<String, Object> properties) throws KuraException;

  /**
   * Merges the properties into the component's configuration.
   *
   * @throws KuraException when the component does not take it
   */
  void updateConfiguration(String pid, Map<String, Object> properties, boolean takeSnapshot)
      throws KuraException;

  /**
   * Updates several components and takes one snapshot; unknown PIDs with a factory PID are created.
   *
   * @throws KuraException when a component does not take its part
   */
  void updateConfigurations(List<ComponentConfiguration> configs) throws KuraException;

  /**
   * Updates several components; unknown PIDs with a factory PID are created.
   *
   * @throws KuraException when a component does not take its part
   */
  void updateConfigurations(List<ComponentConfiguration> configs, boolean takeSnapshot)
      throws KuraException;

  /**
   * The ids of the snapshots, oldest first; 0 is the one the gateway was delivered with.
   *
   * @throws KuraException when they cannot be listed
   */
  Set<Long> getSnapshots() throws KuraException;

  /**
   * What a snapshot holds.
   *
   * @throws KuraException when there is no such snapshot
   */
  List<ComponentConfiguration> getSnapshot(long sid) throws KuraException;

  /**
   * Takes a snapshot and gives its id.
   *
   * @throws KuraException when it cannot be written
   */
  long snapshot() throws KuraException;

  /**
   * Goes back to the snapshot before the last one and gives its id.
   *
   * @throws KuraException when there is none or it cannot be applied
   */
  long rollback() throws KuraException;

  /**
   * Goes back to that snapshot.
   *
   * @throws KuraException when there is none or it cannot be applied
   */
  void rollback(long id) throws KuraException;
}
