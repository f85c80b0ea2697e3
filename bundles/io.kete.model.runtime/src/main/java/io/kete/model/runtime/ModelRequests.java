// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime;

import io.kete.data.api.Status;
import io.kete.model.runtime.order.Answer;
import io.kete.model.runtime.order.Order;
import io.kete.model.runtime.order.Orders;
import io.kete.model.runtime.slot.SlotCore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.request.RequestHandler;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContext;
import org.eclipse.kura.cloudconnection.request.RequestHandlerMessageConstants;
import org.eclipse.kura.cloudconnection.request.RequestHandlerRegistry;
import org.eclipse.kura.message.KuraResponsePayload;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code MODEL-V1}: GET {@code state} and {@code slots/NAME}; EXEC {@code
 * slots/NAME/pin/VERSION}, {@code unpin}, {@code promote}, {@code promote/VERSION} and {@code
 * rollback}.
 */
@Component(
    name = ModelRequests.NAME,
    configurationPolicy = ConfigurationPolicy.IGNORE,
    immediate = true,
    service = {})
public final class ModelRequests implements RequestHandler {

  static final String NAME = "io.kete.model.runtime.ModelRequests";
  static final String APPLICATION = "MODEL-V1";

  private static final Logger logger = LoggerFactory.getLogger(ModelRequests.class);
  private static final String SLOTS = "slots";
  private static final int MAX_TEXT = 4096;

  private final Orders orders;

  /** Answers for all slots of the runtime. */
  @Activate
  public ModelRequests(@Reference ModelRuntime runtime) {
    this(runtime.orders());
  }

  ModelRequests(Orders orders) {
    this.orders = orders;
  }

  @Reference(
      name = "RequestHandlerRegistry",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void bindRegistry(RequestHandlerRegistry registry) {
    try {
      registry.registerRequestHandler(APPLICATION, this);
    } catch (KuraException e) {
      logger.warn("request_handler_refused application={}", APPLICATION, e);
    }
  }

  void unbindRegistry(RequestHandlerRegistry registry) {
    try {
      registry.unregister(APPLICATION);
    } catch (KuraException e) {
      logger.debug("request_handler_gone application={}", APPLICATION, e);
    }
  }

  @Override
  public KuraMessage doGet(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    List<String> words = resources(request);
    if (words.equals(List.of("state"))) {
      return answer(orders.slots());
    }
    if (words.size() == 2 && words.get(0).equals(SLOTS)) {
      return answer(slot(words.get(1)));
    }
    throw new KuraException(KuraErrorCode.NOT_FOUND, String.join("/", words));
  }

  @Override
  public KuraMessage doExec(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    List<String> words = resources(request);
    if (words.size() < 3 || !words.get(0).equals(SLOTS)) {
      throw new KuraException(KuraErrorCode.NOT_FOUND, String.join("/", words));
    }
    Map<String, SlotCore> slot = slot(words.get(1));
    List<String> order = new ArrayList<>(words.subList(2, words.size()));
    order.add(1, words.get(1));
    Answer answer = orders.give(order(order));
    if (answer instanceof Answer.Unknown unknown) {
      throw new KuraException(KuraErrorCode.NOT_FOUND, unknown.reason());
    }
    if (answer instanceof Answer.Refused refused) {
      throw new KuraException(KuraErrorCode.BAD_REQUEST, refused.reason());
    }
    return answer(slot);
  }

  private static Order order(List<String> words) throws KuraException {
    try {
      return Order.of(words);
    } catch (IllegalArgumentException e) {
      throw new KuraException(KuraErrorCode.BAD_REQUEST, e.getMessage());
    }
  }

  private Map<String, SlotCore> slot(String name) throws KuraException {
    SlotCore slot = orders.slots().get(name);
    if (slot == null) {
      throw new KuraException(KuraErrorCode.NOT_FOUND, "there is no such slot");
    }
    return Map.of(name, slot);
  }

  /** Each fact as {@code SLOT.FACT}, the problems of a slot as {@code SLOT.problems}. */
  private static KuraMessage answer(Map<String, SlotCore> asked) {
    KuraResponsePayload answer = new KuraResponsePayload(KuraResponsePayload.RESPONSE_CODE_OK);
    for (SlotCore slot : asked.values()) {
      Status status = slot.status();
      String prefix = slot.name() + ".";
      status.facts().forEach((fact, value) -> add(answer, prefix + fact, value));
      add(answer, prefix + "problems", String.join("\n", status.problems()));
    }
    return new KuraMessage(answer);
  }

  private static void add(KuraResponsePayload answer, String name, Object value) {
    if (value instanceof Map<?, ?> parts) {
      parts.forEach((part, inner) -> add(answer, name + "." + part, inner));
    } else if (value instanceof Number || value instanceof Boolean) {
      answer.addMetric(name, value);
    } else {
      String text = String.valueOf(value);
      answer.addMetric(name, text.substring(0, Math.min(text.length(), MAX_TEXT)));
    }
  }

  private static List<String> resources(KuraMessage request) {
    Object args = request.getProperties().get(RequestHandlerMessageConstants.ARGS_KEY.value());
    return args instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
  }
}
