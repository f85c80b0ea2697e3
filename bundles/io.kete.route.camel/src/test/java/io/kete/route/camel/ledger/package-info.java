// SPDX-License-Identifier: EPL-2.0
/** Tests. */
@NullMarked
package io.kete.route.camel.ledger;

import org.jspecify.annotations.NullMarked;
