// SPDX-License-Identifier: EPL-2.0
/** Tests of the durable streams, with a disk that loses power, fills up and lies about syncs. */
@NullMarked
package io.kete.buffer.h2;

import org.jspecify.annotations.NullMarked;
