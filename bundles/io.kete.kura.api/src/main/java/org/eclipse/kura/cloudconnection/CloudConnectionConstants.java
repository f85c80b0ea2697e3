// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.cloudconnection;

/** Names of the properties that tie publishers and subscribers to a cloud connection. */
public enum CloudConnectionConstants {
  /** On an instance: the {@code kura.service.pid} of its endpoint. */
  CLOUD_ENDPOINT_SERVICE_PID_PROP_NAME("cloud.endpoint.service.pid"),
  /** On a component: the factory PID of the cloud connection it belongs to. */
  CLOUD_CONNECTION_FACTORY_PID_PROP_NAME("cloud.connection.factory.pid");

  private final String value;

  CloudConnectionConstants(String value) {
    this.value = value;
  }

  /** The property's name. */
  public String value() {
    return value;
  }
}
