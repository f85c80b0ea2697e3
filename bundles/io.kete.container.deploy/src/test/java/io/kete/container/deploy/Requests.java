// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudNotificationPublisher;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContext;
import org.eclipse.kura.cloudconnection.request.RequestHandlerMessageConstants;
import org.eclipse.kura.message.KuraPayload;

/** Requests as a cloud connection hands them to a handler. */
public final class Requests {

  /** A connection nobody listens to. */
  public static final RequestHandlerContext CONTEXT =
      new RequestHandlerContext(
          (CloudNotificationPublisher)
              Proxy.newProxyInstance(
                  CloudNotificationPublisher.class.getClassLoader(),
                  new Class<?>[] {CloudNotificationPublisher.class},
                  (proxy, method, arguments) -> ""),
          Map.of());

  private Requests() {}

  /** A request for a resource, words with slashes between. */
  public static KuraMessage of(String resource, String body) {
    KuraPayload payload = new KuraPayload();
    payload.setBody(body.getBytes(StandardCharsets.UTF_8));
    return new KuraMessage(
        payload,
        Map.of(RequestHandlerMessageConstants.ARGS_KEY.value(), List.of(resource.split("/", -1))));
  }
}
