// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms.trust;

import java.io.IOException;

/** The content could not be read; tells such a failure from one of the signature. */
final class ContentException extends IOException {

  private static final long serialVersionUID = 1L;

  ContentException(IOException cause) {
    super("content cannot be read", cause);
  }
}
