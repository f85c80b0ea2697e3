// SPDX-License-Identifier: EPL-2.0
/**
 * Deployment packages as files: what is in them, whether they are what they say, who signed them.
 */
@NullMarked
package io.kete.container.deploy.pack;

import org.jspecify.annotations.NullMarked;
