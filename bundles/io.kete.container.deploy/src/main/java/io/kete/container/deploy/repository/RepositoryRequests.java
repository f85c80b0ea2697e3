// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.repository;

import io.kete.container.deploy.install.Packages;
import io.kete.container.deploy.pack.RefusedException;
import io.kete.kapua.codec.Replies;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.request.RequestHandler;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContext;
import org.eclipse.kura.cloudconnection.request.RequestHandlerMessageConstants;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraResponsePayload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers {@code REPO-V1}: orders are taken at once and asked for later. */
public final class RepositoryRequests implements RequestHandler {

  /** Application id. */
  public static final String APPLICATION = "REPO-V1";

  private static final Logger logger = LoggerFactory.getLogger(RepositoryRequests.class);
  private static final int BAD = KuraResponsePayload.RESPONSE_CODE_BAD_REQUEST;

  private final OrderFolder orders;
  private final Supplier<List<Packages.Line>> installed;

  /** Over orders and what is installed. */
  public RepositoryRequests(OrderFolder orders, Supplier<List<Packages.Line>> installed) {
    this.orders = orders;
    this.installed = installed;
  }

  @Override
  public KuraMessage doGet(RequestHandlerContext context, KuraMessage request) {
    KuraPayload answer = new KuraResponsePayload(KuraResponsePayload.RESPONSE_CODE_OK);
    String resource = resource(request);
    switch (resource) {
      case "packages" ->
          installed.get().forEach(line -> answer.addMetric(line.name(), line.version()));
      case "orders" -> {
        try {
          orders.states().forEach(answer::addMetric);
        } catch (IOException e) {
          return failed(e);
        }
      }
      default -> {
        return unknown(resource);
      }
    }
    return new KuraMessage(answer);
  }

  @Override
  public KuraMessage doExec(RequestHandlerContext context, KuraMessage request) {
    String resource = resource(request);
    if (!List.of("install", "update").contains(resource)) {
      return unknown(resource);
    }
    Map<String, Object> metrics = request.getPayload().metrics();
    try {
      Optional<String> id =
          orders.give(resource, text(metrics, "packages"), text(metrics, "repository"));
      if (id.isEmpty()) {
        return new KuraMessage(
            Replies.refused(
                KuraResponsePayload.RESPONSE_CODE_ERROR,
                OrderFolder.MAX_WAITING
                    + " orders are waiting already; GET orders tells when one has ended, then"
                    + " order again."));
      }
      KuraPayload answer = new KuraResponsePayload(KuraResponsePayload.RESPONSE_CODE_OK);
      answer.addMetric("order", id.get());
      return new KuraMessage(answer);
    } catch (RefusedException e) {
      return new KuraMessage(Replies.refused(BAD, e.reason()));
    } catch (IOException e) {
      return failed(e);
    }
  }

  @Override
  public KuraMessage doPut(RequestHandlerContext context, KuraMessage request) {
    return unknown(resource(request));
  }

  @Override
  public KuraMessage doPost(RequestHandlerContext context, KuraMessage request) {
    return unknown(resource(request));
  }

  @Override
  public KuraMessage doDel(RequestHandlerContext context, KuraMessage request) {
    return unknown(resource(request));
  }

  private static String text(Map<String, Object> metrics, String key) {
    return metrics.get(key) instanceof String text ? text : "";
  }

  private static KuraMessage failed(IOException e) {
    logger.error("repository_order_not_kept", e);
    return new KuraMessage(
        Replies.refused(
            KuraResponsePayload.RESPONSE_CODE_ERROR,
            "The disk of the gateway fails: " + e.getMessage()));
  }

  private static KuraMessage unknown(String resource) {
    return new KuraMessage(
        Replies.refused(
            KuraResponsePayload.RESPONSE_CODE_NOTFOUND,
            APPLICATION + " has no resource " + resource + " for this verb."));
  }

  private static String resource(KuraMessage request) {
    Object args = request.getProperties().get(RequestHandlerMessageConstants.ARGS_KEY.value());
    return args instanceof List<?> list
        ? String.join("/", list.stream().map(String::valueOf).filter(t -> !t.isEmpty()).toList())
        : "";
  }
}
