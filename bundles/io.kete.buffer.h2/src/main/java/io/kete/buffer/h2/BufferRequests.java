// SPDX-License-Identifier: EPL-2.0
package io.kete.buffer.h2;

import io.kete.data.api.Status;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.request.RequestHandler;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContext;
import org.eclipse.kura.cloudconnection.request.RequestHandlerMessageConstants;
import org.eclipse.kura.cloudconnection.request.RequestHandlerRegistry;
import org.eclipse.kura.message.KuraResponsePayload;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code BUFFER-V1} for all streams of this gateway: GET {@code state}, GET {@code
 * streams/NAME}, EXEC {@code streams/NAME/resume}. Limits change by configuration only, which
 * leaves a trace; nothing stored can be dropped by a request.
 */
@Component(
    name = BufferRequests.NAME,
    configurationPolicy = ConfigurationPolicy.IGNORE,
    immediate = true,
    service = {})
public final class BufferRequests implements RequestHandler {

  static final String NAME = "io.kete.buffer.h2.BufferRequests";
  static final String APPLICATION = "BUFFER-V1";

  private static final Logger logger = LoggerFactory.getLogger(BufferRequests.class);
  private static final String STREAMS = "streams";
  private static final String RESUME = "resume";
  private static final int MAX_TEXT = 4096;

  private final Map<String, DurableStream> streams = new ConcurrentSkipListMap<>();

  @Reference(
      name = "Stream",
      service = io.kete.buffer.api.Stream.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void bindStream(io.kete.buffer.api.Stream stream) {
    if (stream instanceof DurableStream durable) {
      streams.put(durable.name(), durable);
    }
  }

  void unbindStream(io.kete.buffer.api.Stream stream) {
    streams.values().remove(stream);
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
      return answer(streams);
    }
    if (words.size() == 2 && words.get(0).equals(STREAMS)) {
      return answer(Map.of(words.get(1), stream(words.get(1))));
    }
    throw new KuraException(KuraErrorCode.NOT_FOUND, String.join("/", words));
  }

  @Override
  public KuraMessage doExec(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    List<String> words = resources(request);
    if (words.size() != 3 || !words.get(0).equals(STREAMS) || !words.get(2).equals(RESUME)) {
      throw new KuraException(KuraErrorCode.NOT_FOUND, String.join("/", words));
    }
    DurableStream stream = stream(words.get(1));
    stream.resume();
    return answer(Map.of(stream.name(), stream));
  }

  private DurableStream stream(String name) throws KuraException {
    DurableStream stream = streams.get(name);
    if (stream == null) {
      throw new KuraException(KuraErrorCode.NOT_FOUND, name);
    }
    return stream;
  }

  /** Each fact as {@code STREAM.FACT}, the problems of a stream as {@code STREAM.problems}. */
  private static KuraMessage answer(Map<String, DurableStream> asked) {
    KuraResponsePayload answer = new KuraResponsePayload(KuraResponsePayload.RESPONSE_CODE_OK);
    for (DurableStream stream : new TreeMap<>(asked).values()) {
      Status status = stream.status();
      String prefix = stream.name() + ".";
      status.facts().forEach((fact, value) -> add(answer, prefix + fact, value));
      String problems = String.join("\n", status.problems());
      answer.addMetric(
          prefix + "problems", problems.substring(0, Math.min(problems.length(), MAX_TEXT)));
    }
    return new KuraMessage(answer);
  }

  private static void add(KuraResponsePayload answer, String name, Object value) {
    if (value instanceof Map<?, ?> parts) {
      parts.forEach((part, inner) -> add(answer, name + "." + part, inner));
    } else {
      boolean isPlain = value instanceof Number || value instanceof Boolean;
      answer.addMetric(name, isPlain ? value : String.valueOf(value));
    }
  }

  private static List<String> resources(KuraMessage request) {
    Object args = request.getProperties().get(RequestHandlerMessageConstants.ARGS_KEY.value());
    return args instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
  }
}
