// SPDX-License-Identifier: EPL-2.0
/** Fetches a file over HTTP, across interruptions. */
@NullMarked
package io.kete.container.deploy.fetch;

import org.jspecify.annotations.NullMarked;
