// SPDX-License-Identifier: EPL-2.0
/** What {@code kete doctor} looks at: each check gives findings that say what to do. */
@NullMarked
package io.kete.cli.doctor;

import org.jspecify.annotations.NullMarked;
