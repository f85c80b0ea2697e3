// SPDX-License-Identifier: EPL-2.0
package io.kete.receiver;

import io.kete.data.api.Block;

/**
 * What a sealed block held.
 *
 * @param block all samples of the block, each with the readings this recipient may see
 * @param closedParts parts inside that are sealed for other recipients
 */
public record Opened(Block block, int closedParts) {}
