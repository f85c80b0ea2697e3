// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an operator has to know about the configuration, per subject; bounded. */
final class Problems {
  private static final int MAX = 100;

  private final Map<String, List<String>> bySubject = new LinkedHashMap<>();

  synchronized void clear(String subject) {
    bySubject.remove(subject);
  }

  synchronized void add(String subject, String sentence) {
    List<String> sentences = bySubject.computeIfAbsent(subject, key -> new ArrayList<>());
    if (sentences.size() < MAX) {
      sentences.add(sentence);
    }
  }

  synchronized List<String> all() {
    return bySubject.values().stream().flatMap(List::stream).limit(MAX).toList();
  }
}
