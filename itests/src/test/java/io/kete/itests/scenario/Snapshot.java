// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.scenario;

import java.util.LinkedHashMap;
import java.util.Map;

/** Writes a configuration in Kura's snapshot format. */
final class Snapshot {

  private final StringBuilder text =
      new StringBuilder(
          """
          <?xml version="1.0" encoding="UTF-8"?>
          <esf:configurations xmlns:esf="http://eurotech.com/esf/2.0">
          """);

  /** A component that exists once. */
  Snapshot singleton(String pid, Map<String, Object> properties) {
    text.append("<esf:configuration pid=\"").append(pid).append("\"><esf:properties>\n");
    properties.forEach(this::property);
    text.append("</esf:properties></esf:configuration>\n");
    return this;
  }

  /** An instance of a factory. */
  Snapshot instance(String factory, String pid, Map<String, Object> properties) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("service.factoryPid", factory);
    all.put("kura.service.pid", pid);
    all.putAll(properties);
    return singleton(pid, all);
  }

  private void property(String key, Object value) {
    text.append("<esf:property name=\"")
        .append(key)
        .append("\" type=\"")
        .append(value.getClass().getSimpleName())
        .append("\" array=\"false\" encrypted=\"false\"><esf:value>")
        .append(String.valueOf(value).replace("&", "&amp;").replace("<", "&lt;"))
        .append("</esf:value></esf:property>\n");
  }

  @Override
  public String toString() {
    return text + "</esf:configurations>\n";
  }
}
