// SPDX-License-Identifier: EPL-2.0
/**
 * Routes from configuration, all in one Camel context.
 *
 * <pre>
 *   CamelRoute (one per configured route) ──► CamelRuntime ──► RouteHost ── one thread ──► CamelContext
 *                                                                                            │
 *   Asset ──► asset: ──► signal: … ──► buffer: ──► Stream.append … AppendCallback ──► done ◄─┘
 *               └─────── RouteLedger: captured = accepted + filtered + absorbed + failed + in route ───────┘
 * </pre>
 */
@NullMarked
package io.kete.route.camel;

import org.jspecify.annotations.NullMarked;
