// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** The unchecked counterpart of {@link KuraException}, for mistakes of the caller. */
@ProviderType
public class KuraRuntimeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final KuraErrorCode code;
  private final transient @Nullable Object @Nullable [] arguments;

  /** A failure without details. */
  public KuraRuntimeException(KuraErrorCode code) {
    this.code = code;
    this.arguments = null;
  }

  /** A failure whose message names the arguments in their order. */
  public KuraRuntimeException(KuraErrorCode code, @Nullable Object... arguments) {
    this.code = code;
    this.arguments = arguments;
  }

  /** A failure caused by another one; no cause is allowed. */
  public KuraRuntimeException(
      KuraErrorCode code, @Nullable Throwable cause, @Nullable Object... arguments) {
    super(cause);
    this.code = code;
    this.arguments = arguments;
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
