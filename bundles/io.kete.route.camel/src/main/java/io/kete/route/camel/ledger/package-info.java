// SPDX-License-Identifier: EPL-2.0
/** The account of a route: what became of each sample, and of each poll that gave none. */
@NullMarked
package io.kete.route.camel.ledger;

import org.jspecify.annotations.NullMarked;
