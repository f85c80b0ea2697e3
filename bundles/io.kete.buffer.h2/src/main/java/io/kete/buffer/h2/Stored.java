// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import io.kete.data.api.Block;
import io.kete.data.api.KeyEnvelope;
import java.util.Optional;

/**
 * A block and the key it needs.
 *
 * @param frameBytes size on the medium
 * @param live whether it comes from memory
 * @param atNanos when it was stored, if it comes from memory
 */
record Stored(Block block, Optional<KeyEnvelope> key, int frameBytes, boolean live, long atNanos) {}
