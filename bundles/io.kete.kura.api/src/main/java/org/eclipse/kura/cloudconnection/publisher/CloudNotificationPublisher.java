// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.cloudconnection.publisher;

import org.osgi.annotation.versioning.ProviderType;

/** Sends notifications to whoever asked a request handler for something that takes time. */
@ProviderType
public interface CloudNotificationPublisher extends CloudPublisher {}
