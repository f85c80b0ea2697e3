// SPDX-License-Identifier: EPL-2.0
/**
 * What the gateway says about itself.
 *
 * <pre>
 *   StatusSource services ─► Collector ─┐
 *   framework, components ─► FrameworkFacts ─► Report ─► JsonForm, MetricsForm, PageForm ─► Answers ─► http://127.0.0.1
 *   process ─► ProcessFacts ────────────┘
 * </pre>
 *
 * Sources are foreign code: each is asked on a thread of its own, for a bounded time, and what it
 * says is cut to bounds before it is shown.
 */
@NullMarked
package io.kete.status;

import org.jspecify.annotations.NullMarked;
