// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.conformance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The ids in docs/protocol.md that a test is for. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Requirement {
  String[] value();
}
