// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.order;

import io.kete.model.runtime.slot.SlotCore;

/**
 * A slot and where its configuration is.
 *
 * @param pid PID of its configuration, empty when it has none
 * @param slot the slot
 */
public record Post(String pid, SlotCore slot) {}
