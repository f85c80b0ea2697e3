// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.message;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** The application's part of a topic. */
@ProviderType
public abstract class KuraApplicationTopic {
  protected @Nullable String applicationId;
  protected @Nullable String applicationTopic;

  /** The application, as it is called in topics. */
  public @Nullable String getApplicationId() {
    return applicationId;
  }

  /** What follows the application. */
  public @Nullable String getApplicationTopic() {
    return applicationTopic;
  }
}
