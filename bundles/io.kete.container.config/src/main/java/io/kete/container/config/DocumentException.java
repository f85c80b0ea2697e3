// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

/** A document that cannot be used as a whole; names document, line and reason, never its values. */
final class DocumentException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String source;
  private final int line;
  private final String reason;

  DocumentException(String source, int line, String reason) {
    super(source + ":" + line + ": " + reason);
    this.source = source;
    this.line = line;
    this.reason = reason;
  }

  String source() {
    return source;
  }

  int line() {
    return line;
  }

  String reason() {
    return reason;
  }
}
