// SPDX-License-Identifier: EPL-2.0
/**
 * The receiving side, written from {@code docs/record.md} alone: decodes what arrives, opens what
 * is sealed, and compares all of it with what the device served.
 */
@NullMarked
package io.kete.demo.centre;

import org.jspecify.annotations.NullMarked;
