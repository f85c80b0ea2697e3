// SPDX-License-Identifier: EPL-2.0
/** Tests of host and fragments in a framework. */
@NullMarked
package io.kete.onnxruntime.linux.x86_64;

import org.jspecify.annotations.NullMarked;
