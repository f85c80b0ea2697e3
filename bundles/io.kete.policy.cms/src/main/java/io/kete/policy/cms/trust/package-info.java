// SPDX-License-Identifier: EPL-2.0
/** Detached CMS signatures: who is trusted for what, and the key this gateway signs with. */
@NullMarked
package io.kete.policy.cms.trust;

import org.jspecify.annotations.NullMarked;
