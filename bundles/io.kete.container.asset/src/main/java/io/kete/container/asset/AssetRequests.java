// SPDX-License-Identifier: EPL-2.0
package io.kete.container.asset;

import com.eclipsesource.json.JsonArray;
import io.kete.policy.api.DataPolicy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.asset.Asset;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.request.RequestHandler;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContext;
import org.eclipse.kura.cloudconnection.request.RequestHandlerMessageConstants;
import org.eclipse.kura.cloudconnection.request.RequestHandlerRegistry;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.message.KuraResponsePayload;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers {@code ASSET-V1}: GET {@code assets}, EXEC {@code read}, EXEC {@code write}. */
@Component(
    name = AssetRequests.NAME,
    configurationPolicy = ConfigurationPolicy.IGNORE,
    immediate = true,
    service = {})
public final class AssetRequests implements RequestHandler {

  static final String NAME = "io.kete.container.asset.AssetRequests";
  static final String APPLICATION = "ASSET-V1";

  private static final Logger logger = LoggerFactory.getLogger(AssetRequests.class);

  private final Map<String, Asset> assets = new ConcurrentHashMap<>();
  private volatile Optional<DataPolicy> policy = Optional.empty();

  @Reference(
      name = "Asset",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void bindAsset(Asset asset, Map<String, Object> properties) {
    assets.put(pid(properties), asset);
  }

  void unbindAsset(Asset asset, Map<String, Object> properties) {
    assets.remove(pid(properties), asset);
  }

  private static String pid(Map<String, Object> properties) {
    return String.valueOf(properties.get(ConfigurationService.KURA_SERVICE_PID));
  }

  @Reference(
      name = "DataPolicy",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindPolicy(DataPolicy bound) {
    policy = Optional.of(bound);
  }

  void unbindPolicy(DataPolicy unbound) {
    policy = policy.filter(present -> present != unbound);
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
    if (!resource(request).equals("assets")) {
      throw unknown("GET", request);
    }
    return answer(answers().list(AssetWish.parse(body(request))));
  }

  @Override
  public KuraMessage doExec(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    Optional<List<AssetWish>> wishes = AssetWish.parse(body(request));
    return switch (resource(request)) {
      case "read" -> answer(answers().read(wishes));
      case "write" -> write(wishes.orElseThrow(() -> AssetWish.wrong("nothing to write")));
      default -> throw unknown("EXEC", request);
    };
  }

  private KuraMessage write(List<AssetWish> wishes) {
    JsonArray told = answers().write(wishes);
    logger.info("channels_written assets={}", wishes.stream().map(AssetWish::name).toList());
    return answer(told);
  }

  private AssetAnswers answers() {
    return new AssetAnswers(assets, policy);
  }

  private static byte[] body(KuraMessage request) {
    byte[] body = request.getPayload().getBody();
    return body == null ? new byte[0] : body;
  }

  private static String resource(KuraMessage request) throws KuraException {
    Object args = request.getProperties().get(RequestHandlerMessageConstants.ARGS_KEY.value());
    String resource =
        args instanceof List<?> list
            ? String.join("/", list.stream().map(String::valueOf).toList())
            : "";
    if (resource.isEmpty()) {
      throw AssetWish.wrong("the topic names no resource");
    }
    return resource;
  }

  private static KuraException unknown(String verb, KuraMessage request) throws KuraException {
    return new KuraException(
        KuraErrorCode.NOT_FOUND,
        "there is no " + verb + " " + resource(request) + " in " + APPLICATION);
  }

  private static KuraMessage answer(JsonArray body) {
    KuraResponsePayload payload = new KuraResponsePayload(KuraResponsePayload.RESPONSE_CODE_OK);
    payload.setBody(body.toString().getBytes(StandardCharsets.UTF_8));
    return new KuraMessage(payload);
  }
}
