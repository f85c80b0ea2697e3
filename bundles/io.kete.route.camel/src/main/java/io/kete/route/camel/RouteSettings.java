// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel;

/**
 * One configured route.
 *
 * @param pid its {@code kura.service.pid}, also the id of the Camel route
 * @param text in Camel's YAML
 * @param enabled whether it runs
 */
record RouteSettings(String pid, String text, boolean enabled) {}
