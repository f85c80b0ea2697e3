// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.install;

/**
 * Something that is not as it has to be after an installation.
 *
 * @param text for the operator
 * @param last whether waiting cannot change it
 */
record Finding(String text, boolean last) {}
