// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.inventory;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonValue;
import com.eclipsesource.json.ParseException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;

/**
 * What a request is about.
 *
 * @param version empty when any is meant
 */
record Item(String name, Optional<String> version) {

  /** Most bytes of a body. */
  static final int MAX_BODY = 64 * 1024;

  /**
   * Reads the body of a request: an object with a name, and perhaps a version; what else is in it
   * is left alone.
   *
   * @throws KuraException BAD_REQUEST with what is wrong
   */
  static Item parse(byte[] body) throws KuraException {
    if (body.length > MAX_BODY) {
      throw wrong("the body has more than " + MAX_BODY + " bytes");
    }
    JsonValue json = json(body);
    if (!json.isObject()) {
      throw wrong("the body is no object with name and version");
    }
    String name = text(json.asObject().get("name"), "name");
    if (name.isEmpty()) {
      throw wrong("the body names nothing: name is missing");
    }
    String version = text(json.asObject().get("version"), "version");
    return new Item(name, Optional.of(version).filter(text -> !text.isEmpty()));
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

  private static String text(JsonValue value, String key) throws KuraException {
    if (value == null || value.isNull()) {
      return "";
    }
    if (!value.isString()) {
      throw wrong(key + " is no text");
    }
    return value.asString();
  }

  private static KuraException wrong(String reason) {
    return new KuraException(KuraErrorCode.BAD_REQUEST, reason);
  }
}
