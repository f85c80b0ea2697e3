// SPDX-License-Identifier: EPL-2.0
package io.kete.container.asset;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import com.eclipsesource.json.ParseException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.type.DataType;

/**
 * One asset of a request, and which of its channels are meant.
 *
 * @param channels empty when all are
 */
record AssetWish(String name, Optional<List<ChannelWish>> channels) {

  private static final int MAX_BODY = 1 << 20;
  private static final int MAX_CHANNELS = 10_000;

  /**
   * A channel of a request.
   *
   * @param type only needed to write, as the value
   */
  record ChannelWish(String name, Optional<DataType> type, Optional<String> value) {}

  AssetWish {
    channels = channels.map(List::copyOf);
  }

  /**
   * Reads the body of a request.
   *
   * @return empty when there is no body, which means all assets
   * @throws KuraException BAD_REQUEST with the place when it is not what it has to be
   */
  static Optional<List<AssetWish>> parse(byte[] body) throws KuraException {
    if (body.length == 0) {
      return Optional.empty();
    }
    if (body.length > MAX_BODY) {
      throw wrong("the body has more than " + MAX_BODY + " bytes");
    }
    List<AssetWish> wishes = new ArrayList<>();
    int left = MAX_CHANNELS;
    for (JsonValue value : array(json(body), "the body")) {
      AssetWish wish = asset(object(value, "an asset"));
      wishes.add(wish);
      left -= 1 + wish.channels().map(List::size).orElse(0);
      if (left < 0) {
        throw wrong("more than " + MAX_CHANNELS + " assets and channels");
      }
    }
    return Optional.of(wishes);
  }

  private static JsonValue json(byte[] body) throws KuraException {
    try {
      return Json.parse(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
    } catch (CharacterCodingException e) {
      throw wrong("the body is not UTF-8");
    } catch (ParseException e) {
      throw wrong("the body is no JSON: " + e.getMessage());
    }
  }

  private static AssetWish asset(JsonObject asset) throws KuraException {
    String name = text(asset, "name").orElseThrow(() -> wrong("an asset has no name"));
    JsonValue channels = asset.get("channels");
    if (channels == null) {
      return new AssetWish(name, Optional.empty());
    }
    List<ChannelWish> wishes = new ArrayList<>();
    for (JsonValue value : array(channels, "channels")) {
      JsonObject channel = object(value, "a channel");
      Optional<String> type = text(channel, "type");
      wishes.add(
          new ChannelWish(
              text(channel, "name").orElseThrow(() -> wrong("a channel has no name")),
              type.isPresent() ? Optional.of(type(type.get())) : Optional.empty(),
              text(channel, "value")));
    }
    return new AssetWish(name, Optional.of(wishes));
  }

  private static DataType type(String text) throws KuraException {
    for (DataType type : DataType.values()) {
      if (type.name().equals(text)) {
        return type;
      }
    }
    throw wrong("a channel has an unknown type; known are " + List.of(DataType.values()));
  }

  private static JsonArray array(JsonValue value, String what) throws KuraException {
    if (!value.isArray()) {
      throw wrong(what + " is no array");
    }
    return value.asArray();
  }

  private static JsonObject object(JsonValue value, String what) throws KuraException {
    if (!value.isObject()) {
      throw wrong(what + " is no object");
    }
    return value.asObject();
  }

  private static Optional<String> text(JsonObject object, String name) throws KuraException {
    JsonValue value = object.get(name);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isString()) {
      throw wrong(name + " is no text");
    }
    return Optional.of(value.asString());
  }

  static KuraException wrong(String reason) {
    return new KuraException(KuraErrorCode.BAD_REQUEST, reason);
  }
}
