// SPDX-License-Identifier: EPL-2.0
package io.kete.kapua.codec;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where a gateway is found on the broker; makes and reads all topics.
 *
 * <pre>
 *   $EDC/account/client/APP/VERB/resource...        requests to the gateway, and its life cycle with the application MQTT
 *   $EDC/account/requester/APP/REPLY/request.id     its answers
 *   $EDC/account/requester/APP/NOTIFY/client/what   its notifications
 *   account/client/application/...                  its data
 * </pre>
 *
 * @param controlPrefix {@code $EDC} with Kapua
 * @param account the account, one level
 * @param clientId the gateway
 */
public record KapuaAddress(String controlPrefix, String account, ClientId clientId) {

  /** The prefix Kapua uses. */
  public static final String DEFAULT_CONTROL_PREFIX = "$EDC";

  private static final int MAX_LEVELS = 32;

  public KapuaAddress {
    requireLevel("control prefix", controlPrefix);
    requireLevel("account", account);
  }

  /** Topic of a life-cycle message. */
  public String lifecycle(Lifecycle message) {
    return controlRoot() + "MQTT/" + message;
  }

  /** Filter for everything that is sent to the gateway. */
  public String requestFilter() {
    return controlRoot() + "#";
  }

  /** Topic or filter below the gateway's control topics. */
  public String control(String application, String rest) {
    return controlRoot() + joined(application, rest);
  }

  /** Topic or filter of data; the rest may be empty. */
  public String data(String application, String rest) {
    return dataRoot() + joined(application, rest);
  }

  /** Topic of the answer to a request. */
  public String reply(String requester, String application, String requestId) {
    return controlPrefix
        + "/"
        + account
        + "/"
        + requester
        + "/"
        + application
        + "/REPLY/"
        + requestId;
  }

  /**
   * Topic of a notification; Kapua accepts it only with the gateway's own client id in the sixth
   * level.
   */
  public String notification(String requester, String application, String what) {
    return controlPrefix
        + "/"
        + account
        + "/"
        + requester
        + "/"
        + application
        + "/NOTIFY/"
        + clientId
        + "/"
        + what;
  }

  /**
   * The request a topic stands for; empty when it is not addressed to this gateway or is absurdly
   * deep.
   */
  public Optional<RequestTopic> request(String topic) {
    String root = controlRoot();
    if (!topic.startsWith(root) || topic.length() == root.length()) {
      return Optional.empty();
    }
    String[] levels = topic.substring(root.length()).split("/", MAX_LEVELS + 1);
    if (levels.length > MAX_LEVELS) {
      return Optional.empty();
    }
    String verb = levels.length > 1 ? levels[1] : "";
    List<String> resources =
        levels.length > 2 ? Arrays.asList(levels).subList(2, levels.length) : List.of();
    return Optional.of(new RequestTopic(levels[0], verb, resources));
  }

  /** Replaces Kura's tokens {@code #account-name} and {@code #client-id}. */
  public String resolve(String topic) {
    return topic.indexOf('#') < 0
        ? topic
        : topic.replace("#account-name", account).replace("#client-id", clientId.value());
  }

  /** Whether a topic filter covers a topic. */
  public static boolean matches(String filter, String topic) {
    String[] wanted = filter.split("/", -1);
    String[] levels = topic.split("/", -1);
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i].equals("#")) {
        return true;
      }
      if (i == levels.length || (!wanted[i].equals("+") && !wanted[i].equals(levels[i]))) {
        return false;
      }
    }
    return wanted.length == levels.length;
  }

  /** Whether a text can be one level of a topic. */
  static boolean isLevel(String text) {
    return !text.isEmpty()
        && text.chars().noneMatch(c -> c == '/' || c == '+' || c == '#' || c == 0);
  }

  private String controlRoot() {
    return controlPrefix + "/" + dataRoot();
  }

  private String dataRoot() {
    return account + "/" + clientId + "/";
  }

  private static String joined(String application, String rest) {
    return rest.isEmpty() ? application : application + "/" + rest;
  }

  private static void requireLevel(String what, String text) {
    if (!isLevel(text)) {
      throw new IllegalArgumentException(
          "the " + what + " is one topic level without / + #, not '" + text + "'");
    }
  }
}
