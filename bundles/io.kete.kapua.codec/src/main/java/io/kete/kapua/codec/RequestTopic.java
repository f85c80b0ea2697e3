// SPDX-License-Identifier: EPL-2.0
package io.kete.kapua.codec;

import java.util.List;

/**
 * What a request's topic asks for.
 *
 * @param application for instance {@code CONF-V1}
 * @param verb GET, PUT, POST, DEL, EXEC or whatever was sent; empty when the topic ends before it
 * @param resources the levels behind the verb
 */
public record RequestTopic(String application, String verb, List<String> resources) {

  public RequestTopic {
    resources = List.copyOf(resources);
  }
}
