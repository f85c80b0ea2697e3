// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.deployment.hook;

import org.osgi.annotation.versioning.ProviderType;

/** What a hook is told about the operation. */
@ProviderType
public class RequestContext {
  private final String downloadFilePath;
  private final String requestType;

  /** Keeps what is given. */
  public RequestContext(String downloadFilePath, String requestType) {
    this.downloadFilePath = downloadFilePath;
    this.requestType = requestType;
  }

  /** Where the file is or will be. */
  public String getDownloadFilePath() {
    return downloadFilePath;
  }

  /** The type that chose the hook. */
  public String getRequestType() {
    return requestType;
  }
}
