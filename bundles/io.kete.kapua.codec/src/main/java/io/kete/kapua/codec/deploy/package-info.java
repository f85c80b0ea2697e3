// SPDX-License-Identifier: EPL-2.0
/**
 * Kapua's application {@code DEPLOY-V2} as plain values: what it orders, what it is told, and the
 * lists it reads.
 *
 * <pre>
 *   KuraPayload ─► DownloadOrder | InstallOrder | UninstallOrder      (or BadOrderException: answer 400)
 *   Progress ─► KuraPayload of a NOTIFY                               Listing ─► XML of GET packages, GET bundles
 * </pre>
 *
 * Metrics that are absent mean defaults; Kapua leaves out some that it means to send.
 */
@Export
@NullMarked
@Version("1.0.0")
package io.kete.kapua.codec.deploy;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
