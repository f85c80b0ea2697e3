// SPDX-License-Identifier: EPL-2.0
package io.kete.container.security;

import java.util.Base64;

/** Bytes as text between two lines that name them (RFC 7468). */
final class Pem {

  private static final int LINE = 64;

  private Pem() {}

  static String of(String label, byte[] der) {
    String body = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }
}
