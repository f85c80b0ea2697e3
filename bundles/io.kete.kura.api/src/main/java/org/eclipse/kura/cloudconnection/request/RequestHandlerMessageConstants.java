// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.cloudconnection.request;

/** Names of the properties a request message carries. */
public enum RequestHandlerMessageConstants {
  /** A list of texts: the resources that follow the verb in the topic. */
  ARGS_KEY("args");

  private final String value;

  RequestHandlerMessageConstants(String value) {
    this.value = value;
  }

  /** The property's name. */
  public String value() {
    return value;
  }
}
