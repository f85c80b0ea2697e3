// SPDX-License-Identifier: EPL-2.0
/** Copies of a gateway in one file, and gateways made of them. */
@NullMarked
package io.kete.cli.backup;

import org.jspecify.annotations.NullMarked;
