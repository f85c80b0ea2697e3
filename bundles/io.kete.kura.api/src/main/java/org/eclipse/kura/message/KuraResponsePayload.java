// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.message;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** A payload that answers a request: a code, and on failure the reason. */
@ProviderType
public class KuraResponsePayload extends KuraPayload {
  public static final int RESPONSE_CODE_OK = 200;
  public static final int RESPONSE_CODE_BAD_REQUEST = 400;
  public static final int RESPONSE_CODE_NOTFOUND = 404;
  public static final int RESPONSE_CODE_ERROR = 500;
  public static final String METRIC_RESPONSE_CODE = "response.code";
  public static final String METRIC_EXCEPTION_MSG = "response.exception.message";
  public static final String METRIC_EXCEPTION_STACK = "response.exception.stack";

  /** An answer with a code. */
  public KuraResponsePayload(int responseCode) {
    super.addMetric(METRIC_RESPONSE_CODE, responseCode);
  }

  /** An answer for a failure, code 500. */
  public KuraResponsePayload(@Nullable Throwable t) {
    this(RESPONSE_CODE_ERROR, t);
  }

  /** An answer for a failure. */
  public KuraResponsePayload(int responseCode, @Nullable Throwable t) {
    this(responseCode);
    describe(t);
  }

  /** An answer with the metrics and the body of the payload; its time and position are left. */
  public KuraResponsePayload(KuraPayload kuraPayload) {
    kuraPayload.metrics().forEach(super::addMetric);
    setBody(kuraPayload.getBody());
  }

  /**
   * The code.
   *
   * @throws IllegalStateException when there is none
   */
  public int getResponseCode() {
    if (getMetric(METRIC_RESPONSE_CODE) instanceof Integer code) {
      return code;
    }
    throw new IllegalStateException("no metric " + METRIC_RESPONSE_CODE);
  }

  /** Sets the code. */
  public void setResponseCode(int responseCode) {
    addMetric(METRIC_RESPONSE_CODE, responseCode);
  }

  /** The reason of a failure, or null. */
  public @Nullable String getExceptionMessage() {
    return (String) getMetric(METRIC_EXCEPTION_MSG);
  }

  /** Sets the reason of a failure; null changes nothing. */
  public void setExceptionMessage(@Nullable String message) {
    if (message != null) {
      addMetric(METRIC_EXCEPTION_MSG, message);
    }
  }

  /** The stack trace of a failure, or null. */
  public @Nullable String getExceptionStack() {
    return (String) getMetric(METRIC_EXCEPTION_STACK);
  }

  /** Sets the stack trace of a failure; null changes nothing. */
  public void setExceptionStack(@Nullable String stack) {
    if (stack != null) {
      addMetric(METRIC_EXCEPTION_STACK, stack);
    }
  }

  /** Sets reason and stack trace; null changes nothing. */
  public void setException(@Nullable Throwable t) {
    describe(t);
  }

  private void describe(@Nullable Throwable t) {
    if (t == null) {
      return;
    }
    StringWriter trace = new StringWriter();
    t.printStackTrace(new PrintWriter(trace, true));
    super.addMetric(METRIC_EXCEPTION_MSG, t.getMessage());
    super.addMetric(METRIC_EXCEPTION_STACK, trace.toString());
  }
}
