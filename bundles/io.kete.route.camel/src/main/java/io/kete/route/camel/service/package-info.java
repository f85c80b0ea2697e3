// SPDX-License-Identifier: EPL-2.0
/** Services found by their name, as they come and go. */
@NullMarked
package io.kete.route.camel.service;

import org.jspecify.annotations.NullMarked;
