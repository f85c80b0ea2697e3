// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms.document;

/** A pattern for channels, written {@code asset/channel}. */
public record ChannelPattern(Glob asset, Glob channel) {

  boolean matches(String assetName, String channelName) {
    return asset.matches(assetName) && channel.matches(channelName);
  }
}
