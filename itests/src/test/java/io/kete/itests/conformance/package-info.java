// SPDX-License-Identifier: EPL-2.0
/**
 * Plays Kapua: a console that is as strict as the real one, over a real broker, against the product
 * as it is installed. Each test names the requirements of docs/protocol.md it is for.
 */
@NullMarked
package io.kete.itests.conformance;

import org.jspecify.annotations.NullMarked;
