// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.inventory;

import com.eclipsesource.json.JsonObject;
import io.kete.container.deploy.install.Packages;
import io.kete.kapua.codec.Replies;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.request.RequestHandler;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContext;
import org.eclipse.kura.cloudconnection.request.RequestHandlerMessageConstants;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraResponsePayload;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * Answers {@code INVENTORY-V1}: GET of the lists, EXEC {@code bundles/_start} and {@code
 * bundles/_stop}.
 */
public final class InventoryRequests implements RequestHandler {

  /** Application id. */
  public static final String APPLICATION = "INVENTORY-V1";

  private static final int NOT_FOUND = KuraResponsePayload.RESPONSE_CODE_NOTFOUND;

  private final Inventory inventory;
  private final BiFunction<String, String, KuraPayload> orders;

  /**
   * Over what the framework and the installer have.
   *
   * @param orders starts or stops a bundle: "start" or "stop", and its id
   */
  public InventoryRequests(
      BundleContext context,
      Supplier<List<Packages.Line>> packages,
      BiFunction<String, String, KuraPayload> orders) {
    this.inventory = new Inventory(context, packages);
    this.orders = orders;
  }

  @Override
  public KuraMessage doGet(RequestHandlerContext context, KuraMessage request) {
    String resource = resource(request);
    Optional<JsonObject> list = inventory.list(resource);
    if (list.isEmpty()) {
      return unknown(resource);
    }
    KuraResponsePayload answer = new KuraResponsePayload(KuraResponsePayload.RESPONSE_CODE_OK);
    answer.setBody(list.get().toString().getBytes(StandardCharsets.UTF_8));
    return new KuraMessage(answer);
  }

  @Override
  public KuraMessage doExec(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    String resource = resource(request);
    return switch (resource) {
      case "bundles/_start" -> run("start", request);
      case "bundles/_stop" -> run("stop", request);
      case "containers/_start", "containers/_stop" -> none("container", request);
      default -> unknown(resource);
    };
  }

  @Override
  public KuraMessage doDel(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    String resource = resource(request);
    return resource.equals("images/_delete") ? none("image", request) : unknown(resource);
  }

  @Override
  public KuraMessage doPut(RequestHandlerContext context, KuraMessage request) {
    return unknown(resource(request));
  }

  @Override
  public KuraMessage doPost(RequestHandlerContext context, KuraMessage request) {
    return unknown(resource(request));
  }

  private KuraMessage run(String what, KuraMessage request) throws KuraException {
    Item item = Item.parse(body(request));
    Optional<Bundle> bundle = inventory.find(item);
    return bundle.isEmpty()
        ? missing("bundle", item)
        : new KuraMessage(orders.apply(what, Long.toString(bundle.get().getBundleId())));
  }

  private static KuraMessage none(String kind, KuraMessage request) throws KuraException {
    return missing(kind, Item.parse(body(request)));
  }

  private static KuraMessage missing(String kind, Item item) {
    String version = item.version().map(text -> " " + text).orElse("");
    return new KuraMessage(
        Replies.refused(NOT_FOUND, "There is no " + kind + " " + item.name() + version + "."));
  }

  private static KuraMessage unknown(String resource) {
    return new KuraMessage(
        resource.isEmpty()
            ? Replies.refused(
                KuraResponsePayload.RESPONSE_CODE_BAD_REQUEST, "The topic names no resource.")
            : Replies.refused(
                NOT_FOUND, APPLICATION + " has no resource " + resource + " for this verb."));
  }

  private static byte[] body(KuraMessage request) {
    byte[] body = request.getPayload().getBody();
    return body == null ? new byte[0] : body;
  }

  private static String resource(KuraMessage request) {
    Object args = request.getProperties().get(RequestHandlerMessageConstants.ARGS_KEY.value());
    return args instanceof List<?> list
        ? String.join("/", list.stream().map(String::valueOf).filter(t -> !t.isEmpty()).toList())
        : "";
  }
}
