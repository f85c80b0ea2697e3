// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.channel;

/** What may be done with a channel. */
public enum ChannelType {
  READ,
  READ_WRITE,
  WRITE;

  /**
   * The type of that name, in upper or lower case.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static ChannelType getChannelType(String channelTypeString) {
    for (ChannelType type : values()) {
      if (type.name().equalsIgnoreCase(channelTypeString)) {
        return type;
      }
    }
    throw new IllegalArgumentException("no channel type is called " + channelTypeString);
  }
}
