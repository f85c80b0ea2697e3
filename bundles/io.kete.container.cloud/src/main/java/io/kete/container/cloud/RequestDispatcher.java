// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import io.kete.kapua.codec.KapuaAddress;
import io.kete.kapua.codec.KuraPayloadDecoder;
import io.kete.kapua.codec.ManagementRequest;
import io.kete.kapua.codec.Replies;
import io.kete.kapua.codec.RequestTopic;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Supplier;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.request.RequestHandler;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContext;
import org.eclipse.kura.cloudconnection.request.RequestHandlerMessageConstants;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraRequestPayload;
import org.eclipse.kura.message.KuraResponsePayload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings requests to the handler of their application and the answer back; silent about
 * applications nobody registered, as Kura is.
 */
final class RequestDispatcher {

  private static final Logger logger = LoggerFactory.getLogger(RequestDispatcher.class);
  private static final int MAX_WAITING = 64;

  private final Map<String, RequestHandler> handlers = new ConcurrentSkipListMap<>();
  private final KuraPayloadDecoder decoder = new KuraPayloadDecoder();
  private final ThreadPoolExecutor workers;
  private final Announcer.Sender sender;
  private final Supplier<KapuaAddress> address;
  private final Supplier<RequestHandlerContext> context;

  RequestDispatcher(
      ThreadPoolExecutor workers,
      Announcer.Sender sender,
      Supplier<KapuaAddress> address,
      Supplier<RequestHandlerContext> context) {
    this.workers = workers;
    this.sender = sender;
    this.address = address;
    this.context = context;
  }

  /** True when that application was not known before. */
  boolean register(String application, RequestHandler handler) {
    return handlers.put(application, handler) == null;
  }

  boolean unregister(String application) {
    return handlers.remove(application) != null;
  }

  Collection<String> applications() {
    return handlers.keySet();
  }

  /** Takes a request from the MQTT client's thread; handling happens on the workers. */
  void accept(RequestTopic topic, byte[] payload) {
    RequestHandler handler = handlers.get(topic.application());
    if (handler == null) {
      logger.debug("request_ignored application={}: nobody registered it", topic.application());
    } else if (workers.getQueue().size() >= MAX_WAITING) {
      ManagementRequest.of(topic, decoder.decode(payload))
          .ifPresent(
              request ->
                  reply(
                      request,
                      Replies.refused(
                          KuraResponsePayload.RESPONSE_CODE_ERROR,
                          "Too many requests are waiting.")));
    } else {
      workers.execute(() -> handle(handler, topic, payload));
    }
  }

  private void handle(RequestHandler handler, RequestTopic topic, byte[] bytes) {
    // border: command handler
    try {
      ManagementRequest.of(topic, decoder.decode(bytes))
          .ifPresentOrElse(
              request -> reply(request, answer(handler, request)),
              () ->
                  logger.debug(
                      "request_ignored application={}: no request.id or requester.client.id",
                      topic.application()));
    } catch (RuntimeException e) {
      logger.error("request_broke application={}", topic.application(), e);
    }
  }

  private KuraPayload answer(RequestHandler handler, ManagementRequest request) {
    RequestTopic topic = request.topic();
    KuraMessage message =
        new KuraMessage(
            new KuraRequestPayload(request.payload()),
            Map.of(RequestHandlerMessageConstants.ARGS_KEY.value(), topic.resources()));
    // border: command handler
    try {
      RequestHandlerContext with = context.get();
      KuraMessage answer =
          switch (topic.verb()) {
            case "GET" -> handler.doGet(with, message);
            case "PUT" -> handler.doPut(with, message);
            case "POST" -> handler.doPost(with, message);
            case "DEL" -> handler.doDel(with, message);
            case "EXEC" -> handler.doExec(with, message);
            default ->
                new KuraMessage(
                    Replies.refused(
                        KuraResponsePayload.RESPONSE_CODE_BAD_REQUEST,
                        "Unknown verb in the topic."));
          };
      return Replies.answered(answer.getPayload());
    } catch (KuraException e) {
      logger.info(
          "request_refused application={} verb={} code={}",
          topic.application(),
          topic.verb(),
          e.getCode());
      return Replies.refused(e);
    } catch (RuntimeException e) {
      logger.error("request_broke application={} verb={}", topic.application(), topic.verb(), e);
      return Replies.refused(
          KuraResponsePayload.RESPONSE_CODE_ERROR,
          "The handler failed; the gateway's log says why.");
    }
  }

  private void reply(ManagementRequest request, KuraPayload answer) {
    String application = request.topic().application();
    try {
      sender.send(
          address.get().reply(request.requester(), application, request.requestId()), answer, 0);
    } catch (KuraException e) {
      logger.warn("reply_failed application={} code={}", application, e.getCode());
    }
  }
}
