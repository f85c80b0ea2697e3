// SPDX-License-Identifier: EPL-2.0
/**
 * What makes a gateway out of one directory: reading and checking it, filling it, putting it in
 * place; and many such directories out of a template and a table. Format: {@code
 * kura-config/README.md}.
 */
@NullMarked
package io.kete.cli.provision;

import org.jspecify.annotations.NullMarked;
