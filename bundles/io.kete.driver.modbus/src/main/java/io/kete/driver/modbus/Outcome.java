// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.modbus;

/** What became of a request. */
sealed interface Outcome permits Reply, Outcome.Broken {

  /**
   * There is no valid reply and the connection is of no further use.
   *
   * @param silentlyClosed the device had closed the connection before the request came
   */
  record Broken(String reason, boolean silentlyClosed) implements Outcome {}
}
