// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.request.RequestHandler;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContext;
import org.eclipse.kura.cloudconnection.request.RequestHandlerMessageConstants;
import org.eclipse.kura.message.KuraResponsePayload;

/**
 * Answers {@code CONF-V1}: what a console asks about configurations and snapshots, and tells to
 * change. A change is checked before the answer and made after it.
 */
final class ConfigurationRequests implements RequestHandler {

  /** Application id. */
  static final String APPLICATION = "CONF-V1";

  private static final String CONFIGURATIONS = "configurations";
  private static final String SNAPSHOTS = "snapshots";
  private static final String SNAPSHOT = "snapshot";
  private static final String ROLLBACK = "rollback";
  private static final Set<String> KNOWN = Set.of(CONFIGURATIONS, SNAPSHOTS, SNAPSHOT, ROLLBACK);

  private final RemoteConfiguration configuration;

  ConfigurationRequests(RemoteConfiguration configuration) {
    this.configuration = configuration;
  }

  /**
   * What is asked for.
   *
   * @param name first resource of the topic
   * @param item second one
   */
  private record Resource(String name, Optional<String> item) {

    static Resource of(KuraMessage request) throws KuraException {
      Object args = request.getProperties().get(RequestHandlerMessageConstants.ARGS_KEY.value());
      List<?> levels = args instanceof List<?> list ? list : List.of();
      if (levels.isEmpty() || levels.size() > 2) {
        throw badRequest("the topic needs one or two resources behind the verb");
      }
      String name = String.valueOf(levels.get(0));
      if (!KNOWN.contains(name)) {
        throw notFound("there is no resource " + Keys.shown(name) + " in " + APPLICATION);
      }
      return new Resource(
          name, levels.size() == 2 ? Optional.of(String.valueOf(levels.get(1))) : Optional.empty());
    }

    KuraException refused(String verb) {
      return notFound("there is no " + verb + " " + name + " in " + APPLICATION);
    }

    long snapshot() throws KuraException {
      String text = item.orElse("");
      if (!text.matches("\\d{1,18}")) {
        throw badRequest("the id of a snapshot is a number");
      }
      return Long.parseLong(text);
    }
  }

  @Override
  public KuraMessage doGet(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    Resource resource = Resource.of(request);
    if (resource.name().equals(CONFIGURATIONS)) {
      return answer(configuration.document(resource.item()));
    }
    if (resource.name().equals(SNAPSHOTS)) {
      return resource.item().isEmpty()
          ? answer(SnapshotWriter.ids(configuration.snapshots()))
          : answer(configuration.snapshot(resource.snapshot()));
    }
    throw resource.refused("GET");
  }

  @Override
  public KuraMessage doPut(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    Resource resource = Resource.of(request);
    if (!resource.name().equals(CONFIGURATIONS)) {
      throw resource.refused("PUT");
    }
    byte[] body = request.getPayload().getBody();
    if (body == null || body.length == 0) {
      throw badRequest("the request has no body");
    }
    configuration.change(body, resource.item());
    return done();
  }

  /** Not in Kura: how an instance of a factory is deleted from afar. */
  @Override
  public KuraMessage doDel(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    Resource resource = Resource.of(request);
    if (!resource.name().equals(CONFIGURATIONS)) {
      throw resource.refused("DEL");
    }
    configuration.delete(
        resource.item().orElseThrow(() -> badRequest("the topic names no instance to delete")));
    return done();
  }

  @Override
  public KuraMessage doExec(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    Resource resource = Resource.of(request);
    if (resource.name().equals(SNAPSHOT) && resource.item().isEmpty()) {
      return answer(SnapshotWriter.ids(List.of(configuration.take())));
    }
    if (resource.name().equals(ROLLBACK)) {
      Optional<Long> wanted =
          resource.item().isEmpty() ? Optional.empty() : Optional.of(resource.snapshot());
      return answer(SnapshotWriter.ids(List.of(configuration.rollBack(wanted))));
    }
    throw resource.refused("EXEC");
  }

  static KuraException badRequest(String reason) {
    return new KuraException(KuraErrorCode.BAD_REQUEST, reason);
  }

  static KuraException notFound(String reason) {
    return new KuraException(KuraErrorCode.NOT_FOUND, reason);
  }

  private static KuraMessage done() {
    return new KuraMessage(new KuraResponsePayload(KuraResponsePayload.RESPONSE_CODE_OK));
  }

  private static KuraMessage answer(byte[] body) {
    KuraResponsePayload payload = new KuraResponsePayload(KuraResponsePayload.RESPONSE_CODE_OK);
    payload.setBody(body);
    return new KuraMessage(payload);
  }
}
