// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.configuration;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Marks a service that Kura configures. Its metatype definition has the id of its PID; its
 * instances carry the property {@code kura.service.pid}.
 */
@ConsumerType
public interface ConfigurableComponent {}
