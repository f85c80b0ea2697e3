// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.channel;

/** Whether the last operation on a channel succeeded. */
public enum ChannelFlag {
  FAILURE,
  SUCCESS
}
