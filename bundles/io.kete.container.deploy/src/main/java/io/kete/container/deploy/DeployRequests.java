// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy;

import io.kete.kapua.codec.Replies;
import io.kete.kapua.codec.deploy.BadOrderException;
import io.kete.kapua.codec.deploy.DownloadOrder;
import io.kete.kapua.codec.deploy.InstallOrder;
import io.kete.kapua.codec.deploy.Operation;
import io.kete.kapua.codec.deploy.UninstallOrder;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.request.RequestHandler;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContext;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContextConstants;
import org.eclipse.kura.cloudconnection.request.RequestHandlerMessageConstants;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraResponsePayload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers {@code DEPLOY-V2} for one cloud connection; every answer comes at once. */
final class DeployRequests implements RequestHandler {

  /** Application id. */
  static final String APPLICATION = "DEPLOY-V2";

  private static final Logger logger = LoggerFactory.getLogger(DeployRequests.class);
  private static final int OK = KuraResponsePayload.RESPONSE_CODE_OK;
  private static final int BAD = KuraResponsePayload.RESPONSE_CODE_BAD_REQUEST;
  private static final int NOT_FOUND = KuraResponsePayload.RESPONSE_CODE_NOTFOUND;
  private static final int ERROR = KuraResponsePayload.RESPONSE_CODE_ERROR;
  private static final String REQUESTER = "requester.client.id";

  private final String connection;
  private final Notifier notifier;
  private final Desk desk;
  private final Answers answers;
  private final BundleOrders bundles;

  DeployRequests(
      String connection, Notifier notifier, Desk desk, Answers answers, BundleOrders bundles) {
    this.connection = connection;
    this.notifier = notifier;
    this.desk = desk;
    this.answers = answers;
    this.bundles = bundles;
  }

  @Override
  public KuraMessage doGet(RequestHandlerContext context, KuraMessage request) {
    List<String> resources = resources(request);
    return answer(
        switch (String.join("/", resources)) {
          case "" -> missing();
          case "packages" -> answers.packages();
          case "bundles" -> answers.bundles();
          case "download" -> answers.download(desk.current());
          case "install" -> answers.install(desk.current());
          default -> unknown(resources);
        });
  }

  @Override
  public KuraMessage doPut(RequestHandlerContext context, KuraMessage request) {
    return answer(unknown(resources(request)));
  }

  @Override
  public KuraMessage doPost(RequestHandlerContext context, KuraMessage request) {
    return answer(unknown(resources(request)));
  }

  @Override
  public KuraMessage doDel(RequestHandlerContext context, KuraMessage request) {
    List<String> resources = resources(request);
    if (resources.isEmpty()) {
      return answer(missing());
    }
    if (!resources.equals(List.of("download"))) {
      return answer(unknown(resources));
    }
    return answer(
        desk.cancel()
            ? new KuraResponsePayload(OK)
            : Replies.refused(BAD, "No download is running."));
  }

  @Override
  public KuraMessage doExec(RequestHandlerContext context, KuraMessage request) {
    List<String> resources = resources(request);
    if (resources.isEmpty()) {
      return answer(missing());
    }
    String clientId =
        context.getContextProperties().get(RequestHandlerContextConstants.DEVICE_ID.name());
    if (clientId != null) {
      notifier.named(connection, clientId);
    }
    try {
      return answer(exec(resources, request.getPayload()));
    } catch (BadOrderException e) {
      return answer(Replies.refused(BAD, String.valueOf(e.getMessage())));
    } catch (IOException e) {
      logger.error("deploy_order_not_kept", e);
      return answer(
          Replies.refused(
              ERROR, "The order cannot be written to the disk of the gateway: " + e.getMessage()));
    }
  }

  private KuraPayload exec(List<String> resources, KuraPayload payload)
      throws BadOrderException, IOException {
    String what = resources.get(0).toLowerCase(Locale.ROOT);
    if (resources.size() == 2 && (what.equals("start") || what.equals("stop"))) {
      return bundles.run(what, resources.get(1));
    }
    if (resources.size() != 1) {
      return unknown(resources);
    }
    return switch (what) {
      case "download" -> {
        DownloadOrder order = DownloadOrder.of(payload);
        yield take(
            wish(payload, order.job(), Operation.DOWNLOAD, order.name(), order.version()),
            Optional.of(order));
      }
      case "install" -> {
        InstallOrder order = InstallOrder.of(payload);
        yield take(
            wish(payload, order.job(), Operation.INSTALL, order.name(), order.version()),
            Optional.empty());
      }
      case "uninstall" -> {
        UninstallOrder order = UninstallOrder.of(payload);
        yield take(
            wish(
                payload,
                order.job(),
                Operation.UNINSTALL,
                order.name(),
                order.version().orElse("")),
            Optional.empty());
      }
      case "start", "stop" -> Replies.refused(BAD, "Name the id of the bundle: " + what + "/ID.");
      default -> unknown(resources);
    };
  }

  private Desk.Wish wish(
      KuraPayload payload, long job, Operation operation, String name, String version) {
    String requester = payload.getMetric(REQUESTER) instanceof String text ? text : "";
    return new Desk.Wish(job, requester, connection, operation, name, version);
  }

  private KuraPayload take(Desk.Wish wish, Optional<DownloadOrder> download) throws IOException {
    if (desk.take(wish, download)) {
      return new KuraResponsePayload(OK);
    }
    KuraPayload full = Replies.refused(ERROR, "Too many orders are waiting; try again later.");
    full.addMetric("dp.download.status", "IN_PROGRESS");
    return full;
  }

  private static KuraPayload missing() {
    return Replies.refused(BAD, "The topic names no resource.");
  }

  private static KuraPayload unknown(List<String> resources) {
    return Replies.refused(
        NOT_FOUND, "DEPLOY-V2 has no resource " + String.join("/", resources) + " for this verb.");
  }

  private static KuraMessage answer(KuraPayload payload) {
    return new KuraMessage(payload);
  }

  private static List<String> resources(KuraMessage request) {
    Object args = request.getProperties().get(RequestHandlerMessageConstants.ARGS_KEY.value());
    return args instanceof List<?> list
        ? list.stream().map(String::valueOf).filter(text -> !text.isEmpty()).toList()
        : List.of();
  }
}
