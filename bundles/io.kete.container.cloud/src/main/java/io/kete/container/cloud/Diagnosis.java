// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.eclipse.paho.client.mqttv3.MqttException;

/**
 * Why there is no connection, in an operator's words.
 *
 * @param cause short name of the cause, for instance {@code refused}
 * @param advice what to do
 */
record Diagnosis(String cause, String advice) {

  private static final Diagnosis SILENT =
      new Diagnosis(
          "silent",
          "something at broker-url takes connections and does not answer: check port and broker");

  static Diagnosis of(Throwable failure) {
    if (failure instanceof MqttException mqtt && isAnswerOfBroker(mqtt.getReasonCode())) {
      return ofAnswer(mqtt.getReasonCode());
    }
    if (failure instanceof KeystoreMissingException missing) {
      return new Diagnosis("keystore", String.valueOf(missing.getMessage()));
    }
    Throwable root = failure;
    for (int depth = 0; root.getCause() != null && depth < 10; depth++) {
      root = root.getCause();
    }
    if (root instanceof UnknownHostException) {
      return new Diagnosis("unknown_host", "check broker-url and the name server");
    }
    if (root instanceof ConnectException || root instanceof NoRouteToHostException) {
      return new Diagnosis(
          "refused", "check that the broker runs at broker-url and that no firewall is between");
    }
    if (failure instanceof MqttException mqtt
        && mqtt.getReasonCode() == MqttException.REASON_CODE_CLIENT_TIMEOUT) {
      return SILENT;
    }
    if (root instanceof TimeoutException || root instanceof SocketTimeoutException) {
      return SILENT;
    }
    Optional<Diagnosis> tls = TlsDiagnosis.of(failure);
    if (tls.isPresent()) {
      return tls.get();
    }
    return new Diagnosis("closed", "the broker closed the connection; its log says why: " + root);
  }

  private static boolean isAnswerOfBroker(int code) {
    return code >= MqttException.REASON_CODE_INVALID_PROTOCOL_VERSION
        && code <= MqttException.REASON_CODE_NOT_AUTHORIZED;
  }

  private static Diagnosis ofAnswer(int code) {
    return switch (code) {
      case MqttException.REASON_CODE_INVALID_PROTOCOL_VERSION ->
          new Diagnosis("protocol_version", "set protocol-version to what it knows");
      case MqttException.REASON_CODE_INVALID_CLIENT_ID ->
          new Diagnosis("client_id", "the broker refuses this client-id: choose another");
      case MqttException.REASON_CODE_BROKER_UNAVAILABLE ->
          new Diagnosis("unavailable", "the broker is starting or overloaded: wait");
      case MqttException.REASON_CODE_FAILED_AUTHENTICATION ->
          new Diagnosis("credentials", "check username and password");
      default ->
          new Diagnosis(
              "not_authorized",
              "check username, password and the rights of this user at the broker");
    };
  }

  @Override
  public String toString() {
    return cause + ": " + advice;
  }
}
