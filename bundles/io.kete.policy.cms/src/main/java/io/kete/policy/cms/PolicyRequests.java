// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms;

import io.kete.data.api.Status;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.request.RequestHandler;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContext;
import org.eclipse.kura.cloudconnection.request.RequestHandlerMessageConstants;
import org.eclipse.kura.message.KuraResponsePayload;

/**
 * Answers {@code POLICY-V1}: GET {@code state}, EXEC {@code rotate} and {@code reload}. The
 * document and what is erased change by configuration only, which leaves a trace.
 */
final class PolicyRequests implements RequestHandler {

  /** Application id. */
  static final String APPLICATION = "POLICY-V1";

  private static final int MAX_TEXT = 4096;

  private final Supplier<Status> status;
  private final Map<String, Runnable> actions;

  PolicyRequests(Supplier<Status> status, Runnable rotate, Runnable reload) {
    this.status = status;
    this.actions = Map.of("rotate", rotate, "reload", reload);
  }

  @Override
  public KuraMessage doGet(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    if (!resource(request).equals("state")) {
      throw new KuraException(KuraErrorCode.NOT_FOUND, resource(request));
    }
    return state();
  }

  @Override
  public KuraMessage doExec(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    Runnable action = actions.get(resource(request));
    if (action == null) {
      throw new KuraException(KuraErrorCode.NOT_FOUND, resource(request));
    }
    action.run();
    return state();
  }

  private KuraMessage state() {
    Status now = status.get();
    KuraResponsePayload answer = new KuraResponsePayload(KuraResponsePayload.RESPONSE_CODE_OK);
    now.facts().forEach((name, value) -> answer.addMetric(name, metric(value)));
    String problems = String.join("\n", now.problems());
    answer.addMetric("problems", problems.substring(0, Math.min(problems.length(), MAX_TEXT)));
    return new KuraMessage(answer);
  }

  private static Object metric(Object value) {
    return value instanceof Number || value instanceof Boolean ? value : String.valueOf(value);
  }

  private static String resource(KuraMessage request) {
    Object args = request.getProperties().get(RequestHandlerMessageConstants.ARGS_KEY.value());
    return args instanceof List<?> list && list.size() == 1 ? String.valueOf(list.get(0)) : "";
  }
}
