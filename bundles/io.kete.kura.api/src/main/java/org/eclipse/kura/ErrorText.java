// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The one sentence per error code that stands in front of an exception's arguments. */
final class ErrorText {
  private static final String UNKNOWN = "Unclassified failure";
  private static final Map<KuraErrorCode, String> TEXTS = new EnumMap<>(KuraErrorCode.class);

  static {
    configurationTexts();
    transportTexts();
    deviceTexts();
    requestTexts();
  }

  private ErrorText() {}

  /**
   * The code's text, then the arguments in their order; empty and missing arguments leave no trace.
   */
  static String of(@Nullable KuraErrorCode code, @Nullable Object @Nullable [] arguments) {
    String text = code == null ? UNKNOWN : TEXTS.getOrDefault(code, UNKNOWN);
    if (arguments == null) {
      return text;
    }
    String details =
        Stream.of(arguments)
            .filter(Objects::nonNull)
            .map(String::valueOf)
            .filter(argument -> !argument.isEmpty())
            .collect(Collectors.joining(", "));
    return details.isEmpty() ? text : text + ": " + details;
  }

  private static void configurationTexts() {
    TEXTS.put(KuraErrorCode.CONFIGURATION_ERROR, "Wrong configuration");
    TEXTS.put(KuraErrorCode.CONFIGURATION_UPDATE, "Component did not take its configuration");
    TEXTS.put(KuraErrorCode.CONFIGURATION_ROLLBACK, "Rollback to a snapshot failed");
    TEXTS.put(KuraErrorCode.CONFIGURATION_ATTRIBUTE_UNDEFINED, "No such configuration key");
    TEXTS.put(KuraErrorCode.CONFIGURATION_ATTRIBUTE_INVALID, "Configuration value refused");
    TEXTS.put(
        KuraErrorCode.CONFIGURATION_REQUIRED_ATTRIBUTE_MISSING, "Configuration value missing");
    TEXTS.put(KuraErrorCode.CONFIGURATION_SNAPSHOT_NOT_FOUND, "No such snapshot");
    TEXTS.put(KuraErrorCode.CONFIGURATION_SNAPSHOT_TAKING, "Snapshot could not be taken");
    TEXTS.put(KuraErrorCode.CONFIGURATION_SNAPSHOT_LISTING, "Snapshots could not be listed");
    TEXTS.put(KuraErrorCode.CONFIGURATION_SNAPSHOT_LOADING, "Snapshot could not be read");
    TEXTS.put(KuraErrorCode.INTERNAL_ERROR, "Internal error");
    TEXTS.put(KuraErrorCode.SECURITY_EXCEPTION, "Not permitted");
    TEXTS.put(KuraErrorCode.INVALID_CERTIFICATE_EXCEPTION, "Certificate refused");
    TEXTS.put(KuraErrorCode.PARTIAL_SUCCESS, "Only a part succeeded");
  }

  private static void transportTexts() {
    TEXTS.put(KuraErrorCode.NOT_CONNECTED, "No connection");
    TEXTS.put(KuraErrorCode.TIMED_OUT, "Time ran out");
    TEXTS.put(KuraErrorCode.CONNECTION_FAILED, "Connecting failed");
    TEXTS.put(KuraErrorCode.DISCONNECTION_FAILED, "Disconnecting failed");
    TEXTS.put(KuraErrorCode.TOO_MANY_INFLIGHT_MESSAGES, "Limit of unconfirmed messages reached");
    TEXTS.put(KuraErrorCode.STORE_ERROR, "Message store failed");
    TEXTS.put(KuraErrorCode.ENCODE_ERROR, "Encoding failed");
    TEXTS.put(KuraErrorCode.DECODER_ERROR, "Decoding failed");
    TEXTS.put(KuraErrorCode.INVALID_METRIC_EXCEPTION, "Metric of a type that cannot be sent");
    TEXTS.put(KuraErrorCode.INVALID_MESSAGE_EXCEPTION, "Message is malformed");
    TEXTS.put(KuraErrorCode.SUBSCRIPTION_ERROR, "Subscription failed");
    TEXTS.put(KuraErrorCode.IO_ERROR, "Input or output failed");
  }

  private static void deviceTexts() {
    TEXTS.put(KuraErrorCode.SERIAL_PORT_INVALID_CONFIGURATION, "Serial port settings are wrong");
    TEXTS.put(KuraErrorCode.SERIAL_PORT_NOT_EXISTING, "No such serial port");
    TEXTS.put(KuraErrorCode.PORT_IN_USE, "Port is taken");
    TEXTS.put(KuraErrorCode.UNAVAILABLE_DEVICE, "Device cannot be reached");
    TEXTS.put(KuraErrorCode.CLOSED_DEVICE, "Device is not open");
    TEXTS.put(KuraErrorCode.GPIO_EXCEPTION, "GPIO access failed");
    TEXTS.put(KuraErrorCode.UNSUPPORTED_MODEM, "Modem is not supported");
    TEXTS.put(KuraErrorCode.BLE_NOTIFICATION_ERROR, "Bluetooth notification failed");
    TEXTS.put(KuraErrorCode.BLE_CONNECTION_ERROR, "Bluetooth connection failed");
    TEXTS.put(KuraErrorCode.BLE_PAIR_ERROR, "Bluetooth pairing failed");
    TEXTS.put(KuraErrorCode.BLE_RESOURCE_NOT_FOUND, "No such Bluetooth resource");
    TEXTS.put(KuraErrorCode.BLE_IO_ERROR, "Bluetooth transfer failed");
    TEXTS.put(KuraErrorCode.BLE_COMMAND_ERROR, "Bluetooth command failed");
    TEXTS.put(KuraErrorCode.BLE_DISCOVERY_ERROR, "Bluetooth discovery failed");
    TEXTS.put(KuraErrorCode.BLE_REMOVE_ERROR, "Bluetooth device could not be removed");
  }

  private static void requestTexts() {
    TEXTS.put(KuraErrorCode.BAD_REQUEST, "Request refused");
    TEXTS.put(KuraErrorCode.NOT_FOUND, "No such resource");
    TEXTS.put(KuraErrorCode.SERVICE_UNAVAILABLE, "Service is not there");
    TEXTS.put(KuraErrorCode.OPERATION_NOT_SUPPORTED, "Operation not offered");
    TEXTS.put(KuraErrorCode.INVALID_PARAMETER, "Wrong parameter");
    TEXTS.put(KuraErrorCode.OS_COMMAND_ERROR, "System command ended with an error");
    TEXTS.put(KuraErrorCode.PROCESS_EXECUTION_ERROR, "System command could not be run");
  }
}
