// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import org.eclipse.kura.cloudconnection.message.KuraMessage;

/**
 * A record as a message.
 *
 * @param firstSeq first sample it speaks of
 * @param count samples that are lost if it cannot be delivered; none for a key or an account
 */
record RecordMessage(KuraMessage message, long firstSeq, long count) {}
