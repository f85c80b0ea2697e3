// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.cloudconnection.request;

import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Answers the requests to one application id. Verbs that are not overridden are refused with {@link
 * KuraErrorCode#OPERATION_NOT_SUPPORTED}. Called on threads shared with all other handlers.
 */
@ConsumerType
public interface RequestHandler {
  /**
   * Answers GET.
   *
   * @throws KuraException becomes the code of the answer
   */
  default KuraMessage doGet(RequestHandlerContext context, KuraMessage reqMessage)
      throws KuraException {
    throw new KuraException(KuraErrorCode.OPERATION_NOT_SUPPORTED, "get");
  }

  /**
   * Answers PUT.
   *
   * @throws KuraException becomes the code of the answer
   */
  default KuraMessage doPut(RequestHandlerContext context, KuraMessage reqMessage)
      throws KuraException {
    throw new KuraException(KuraErrorCode.OPERATION_NOT_SUPPORTED, "put");
  }

  /**
   * Answers POST.
   *
   * @throws KuraException becomes the code of the answer
   */
  default KuraMessage doPost(RequestHandlerContext context, KuraMessage reqMessage)
      throws KuraException {
    throw new KuraException(KuraErrorCode.OPERATION_NOT_SUPPORTED, "post");
  }

  /**
   * Answers DEL.
   *
   * @throws KuraException becomes the code of the answer
   */
  default KuraMessage doDel(RequestHandlerContext context, KuraMessage reqMessage)
      throws KuraException {
    throw new KuraException(KuraErrorCode.OPERATION_NOT_SUPPORTED, "delete");
  }

  /**
   * Answers EXEC.
   *
   * @throws KuraException becomes the code of the answer
   */
  default KuraMessage doExec(RequestHandlerContext context, KuraMessage reqMessage)
      throws KuraException {
    throw new KuraException(KuraErrorCode.OPERATION_NOT_SUPPORTED, "exec");
  }
}
