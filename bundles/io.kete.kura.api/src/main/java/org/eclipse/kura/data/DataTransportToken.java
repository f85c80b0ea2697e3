// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.data;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** A message on its way: its number and the session the number belongs to. */
@ProviderType
public class DataTransportToken {
  private final int messageId;
  private final String sessionId;

  /** Keeps what is given. */
  public DataTransportToken(int messageId, String sessionId) {
    this.messageId = messageId;
    this.sessionId = sessionId;
  }

  /** The number, unique in the session. */
  public int getMessageId() {
    return messageId;
  }

  /** The session. */
  public String getSessionId() {
    return sessionId;
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof DataTransportToken that
        && messageId == that.messageId
        && Objects.equals(sessionId, that.sessionId);
  }

  @Override
  public int hashCode() {
    return Objects.hash(messageId, sessionId);
  }
}
