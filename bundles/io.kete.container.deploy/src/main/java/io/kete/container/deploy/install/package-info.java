// SPDX-License-Identifier: EPL-2.0
/** Brings packages into the framework, judges what became of them, and takes them back. */
@NullMarked
package io.kete.container.deploy.install;

import org.jspecify.annotations.NullMarked;
