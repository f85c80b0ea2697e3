// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

/**
 * A message on its way. It travels with the client's token, so that a confirmation finds it however
 * early it comes.
 */
record Sent(int id, int qos, Confirmation confirmation) {}
