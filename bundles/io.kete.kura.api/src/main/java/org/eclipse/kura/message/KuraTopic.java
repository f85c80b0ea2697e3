// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.message;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A topic taken apart: an optional control prefix, then account, device, application and the rest.
 * A part the topic does not have is null.
 */
@Deprecated
@ProviderType
public class KuraTopic {
  private final String fullTopic;
  private String @Nullable [] topicParts;
  private @Nullable String prefix;
  private @Nullable String accountName;
  private @Nullable String deviceId;
  private @Nullable String applicationId;
  private @Nullable String applicationTopic;

  /** With the control prefix {@code $}. */
  public KuraTopic(String fullTopic) {
    this(fullTopic, "$");
  }

  /** With a first part that counts as prefix when it begins with the given text. */
  public KuraTopic(String fullTopic, String controlPrefix) {
    this.fullTopic = fullTopic;
    if (fullTopic.equals("#")) {
      return;
    }
    int limit = fullTopic.startsWith(controlPrefix) ? 5 : 4;
    String[] head = fullTopic.split("/", limit);
    int next = limit - 4;
    this.topicParts = trimmed(fullTopic.split("/", -1));
    this.prefix = next == 1 ? head[0] : null;
    this.accountName = part(head, next++);
    this.deviceId = part(head, next++);
    this.applicationId = part(head, next++);
    this.applicationTopic = part(head, next);
  }

  /** The topic as given. */
  public String getFullTopic() {
    return fullTopic;
  }

  /** The parts between the slashes; null for the topic {@code #}. */
  public String @Nullable [] getTopicParts() {
    return topicParts;
  }

  /** The control prefix. */
  public @Nullable String getPrefix() {
    return prefix;
  }

  /** The account. */
  public @Nullable String getAccountName() {
    return accountName;
  }

  /** The device. */
  public @Nullable String getDeviceId() {
    return deviceId;
  }

  /** The application. */
  public @Nullable String getApplicationId() {
    return applicationId;
  }

  /** What follows the application, slashes included. */
  public @Nullable String getApplicationTopic() {
    return applicationTopic;
  }

  private static @Nullable String part(String[] parts, int index) {
    return index < parts.length && !(index == parts.length - 1 && parts[index].isEmpty())
        ? parts[index]
        : null;
  }

  private static String[] trimmed(String[] parts) {
    int end = parts.length;
    while (end > 0 && parts[end - 1].isEmpty()) {
      end--;
    }
    return Arrays.copyOf(parts, end);
  }
}
