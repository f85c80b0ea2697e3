// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** The checked failure of Kura services: a code to branch on and arguments for the message. */
@ProviderType
public class KuraException extends Exception {
  private static final long serialVersionUID = 1L;

  private final KuraErrorCode code;
  private final transient @Nullable Object @Nullable [] arguments;

  /** A failure without details. */
  public KuraException(KuraErrorCode code) {
    this.code = code;
    this.arguments = null;
  }

  /** A failure whose message names the arguments in their order. */
  public KuraException(KuraErrorCode code, @Nullable Object... arguments) {
    this.code = code;
    this.arguments = arguments;
  }

  /** A failure caused by another one; no cause is allowed. */
  public KuraException(
      KuraErrorCode code, @Nullable Throwable cause, @Nullable Object... arguments) {
    super(cause);
    this.code = code;
    this.arguments = arguments;
  }

  /** An {@link KuraErrorCode#INTERNAL_ERROR} with a message. */
  public static KuraException internalError(String message) {
    return new KuraException(KuraErrorCode.INTERNAL_ERROR, null, message);
  }

  /** An {@link KuraErrorCode#INTERNAL_ERROR} with a cause. */
  public static KuraException internalError(Throwable cause) {
    return new KuraException(KuraErrorCode.INTERNAL_ERROR, cause, "");
  }

  /** An {@link KuraErrorCode#INTERNAL_ERROR} with a cause and a message. */
  public static KuraException internalError(Throwable cause, String message) {
    return new KuraException(KuraErrorCode.INTERNAL_ERROR, cause, message);
  }

  /** The kind of failure. */
  public KuraErrorCode getCode() {
    return code;
  }

  @Override
  public String getMessage() {
    return ErrorText.of(code, arguments);
  }

  @Override
  public String getLocalizedMessage() {
    return getMessage();
  }
}
