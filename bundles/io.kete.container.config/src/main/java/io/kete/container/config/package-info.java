// SPDX-License-Identifier: EPL-2.0
/**
 * Kura's configuration service on plain OSGi.
 *
 * <pre>
 *   snapshot_ID.xml ─► SnapshotReader ─┐
 *                                      ├─► Configurations ─► AdminTable ─► ConfigurationAdmin ─► components
 *   OSGI-INF/metatype/PID.xml ─► MetatypeReader ─┘   │
 *                                                    └─► SnapshotWriter ─► SnapshotDirectory
 * </pre>
 *
 * What the snapshot says and what a bundle defines meet per PID, whichever comes last: nothing is
 * polled and no order of bundles is assumed. {@link
 * io.kete.container.config.SnapshotConfigurationService} is the only service; everything else is
 * plain Java.
 */
@NullMarked
package io.kete.container.config;

import org.jspecify.annotations.NullMarked;
