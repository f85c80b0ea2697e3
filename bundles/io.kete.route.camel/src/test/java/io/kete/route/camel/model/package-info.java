// SPDX-License-Identifier: EPL-2.0
@NullMarked
package io.kete.route.camel.model;

import org.jspecify.annotations.NullMarked;
