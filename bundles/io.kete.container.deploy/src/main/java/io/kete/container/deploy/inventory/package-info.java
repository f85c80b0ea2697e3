// SPDX-License-Identifier: EPL-2.0
/** What is on the gateway, as Kapua's inventory shows it. */
@NullMarked
package io.kete.container.deploy.inventory;

import org.jspecify.annotations.NullMarked;
