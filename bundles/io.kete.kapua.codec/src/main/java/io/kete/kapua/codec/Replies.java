// SPDX-License-Identifier: EPL-2.0
package io.kete.kapua.codec;

import java.util.Date;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraResponsePayload;

/**
 * Answers to requests. Kapua knows the codes 200, 400, 404 and 500, as INT32; anything else breaks
 * the call on its side.
 */
public final class Replies {

  /** The answer a handler gave, with code 200 unless it set one that Kapua knows. */
  public static KuraPayload answered(KuraPayload answer) {
    if (answer.getMetric(KuraResponsePayload.METRIC_RESPONSE_CODE) instanceof Integer code
        && isKnown(code)) {
      return answer;
    }
    answer.addMetric(
        KuraResponsePayload.METRIC_RESPONSE_CODE, KuraResponsePayload.RESPONSE_CODE_OK);
    return answer;
  }

  /** A refusal with a message the operator reads in the console. */
  public static KuraPayload refused(int code, String message) {
    if (!isKnown(code)) {
      throw new IllegalArgumentException("Kapua does not know the response code " + code);
    }
    KuraResponsePayload reply = new KuraResponsePayload(code);
    reply.setTimestamp(new Date());
    reply.setExceptionMessage(message);
    return reply;
  }

  /** The refusal a handler's exception stands for; its stack trace stays here. */
  public static KuraPayload refused(KuraException failure) {
    String message = String.valueOf(failure.getMessage());
    if (failure.getCode() == KuraErrorCode.BAD_REQUEST) {
      return refused(KuraResponsePayload.RESPONSE_CODE_BAD_REQUEST, message);
    }
    if (failure.getCode() == KuraErrorCode.NOT_FOUND) {
      return refused(KuraResponsePayload.RESPONSE_CODE_NOTFOUND, message);
    }
    return refused(KuraResponsePayload.RESPONSE_CODE_ERROR, message);
  }

  private static boolean isKnown(int code) {
    return code == KuraResponsePayload.RESPONSE_CODE_OK
        || code == KuraResponsePayload.RESPONSE_CODE_BAD_REQUEST
        || code == KuraResponsePayload.RESPONSE_CODE_NOTFOUND
        || code == KuraResponsePayload.RESPONSE_CODE_ERROR;
  }

  private Replies() {}
}
