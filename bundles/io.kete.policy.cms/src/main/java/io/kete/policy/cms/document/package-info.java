// SPDX-License-Identifier: EPL-2.0
/**
 * The policy document: its text, its rules, and what they decide about a channel. Knows nothing of
 * keys and needs no container, so the command line explains a document with the same classes that
 * apply it.
 */
@NullMarked
package io.kete.policy.cms.document;

import org.jspecify.annotations.NullMarked;
