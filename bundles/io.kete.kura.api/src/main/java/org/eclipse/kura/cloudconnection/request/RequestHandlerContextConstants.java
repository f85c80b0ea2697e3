// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.cloudconnection.request;

/** Keys of {@link RequestHandlerContext#getContextProperties}, by {@link #name}. */
public enum RequestHandlerContextConstants {
  TENANT_ID,
  DEVICE_ID,
  NOTIFICATION_PUBLISHER_PID
}
