// SPDX-License-Identifier: EPL-2.0
/**
 * Kapua's {@code DEPLOY-V2} on a gateway without Kura.
 *
 * <pre>
 *   request ─► DeployRequests ─► Desk (one job after the other, each on disk) ─► Fetch ─► PackageFile ─► Installer ─► Judge
 *                  │                                                                                        │
 *                answer                        Notifier ◄── ending, on disk until the broker has it ◄───────┘
 * </pre>
 *
 * The truth about what is installed is the folder {@code packages} of the data directory: one file
 * for each package. A package is there when its file is renamed into it, and gone when the file is
 * deleted; everything else is made again from that at the next start.
 */
@NullMarked
package io.kete.container.deploy;

import org.jspecify.annotations.NullMarked;
