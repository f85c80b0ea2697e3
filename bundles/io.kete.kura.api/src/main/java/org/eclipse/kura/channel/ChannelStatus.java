// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.channel;

import java.util.Objects;
import org.eclipse.kura.annotation.Immutable;
import org.eclipse.kura.annotation.ThreadSafe;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** The outcome of one operation on one channel. */
@Immutable
@ThreadSafe
@ProviderType
public class ChannelStatus {
  private final ChannelFlag channelFlag;
  private final @Nullable String exceptionMessage;
  private final @Nullable Exception exception;

  /** An outcome that needs no explanation. */
  public ChannelStatus(ChannelFlag channelFlag) {
    this(channelFlag, null, null);
  }

  /** An outcome with its reason; text and exception are optional. */
  public ChannelStatus(
      ChannelFlag channelFlag, @Nullable String exceptionMessage, @Nullable Exception exception) {
    this.channelFlag = Objects.requireNonNull(channelFlag, "channelFlag");
    this.exceptionMessage = exceptionMessage;
    this.exception = exception;
  }

  /** Success or failure. */
  public ChannelFlag getChannelFlag() {
    return channelFlag;
  }

  /** The exception behind a failure, if there is one. */
  public @Nullable Exception getException() {
    return exception;
  }

  /** The reason in words, if there is one. */
  public @Nullable String getExceptionMessage() {
    return exceptionMessage;
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof ChannelStatus that
        && channelFlag == that.channelFlag
        && Objects.equals(exceptionMessage, that.exceptionMessage)
        && Objects.equals(exception, that.exception);
  }

  @Override
  public int hashCode() {
    return Objects.hash(channelFlag, exceptionMessage, exception);
  }

  @Override
  public String toString() {
    return "ChannelStatus [flag="
        + channelFlag
        + ", message="
        + exceptionMessage
        + ", exception="
        + exception
        + "]";
  }
}
