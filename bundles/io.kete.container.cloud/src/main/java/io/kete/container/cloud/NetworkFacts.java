// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/** What the network interfaces tell about the gateway. */
final class NetworkFacts {

  /**
   * Hardware address of the first interface that is up, upper case without colons; empty when there
   * is none.
   */
  static String primaryMac() {
    return interfaces().stream()
        .map(NetworkFacts::mac)
        .filter(mac -> !mac.isEmpty())
        .findFirst()
        .orElse("");
  }

  /** Names and hardware addresses, {@code eth0 (02:42:AC:11:00:02)}. */
  static List<String> names() {
    HexFormat colons = HexFormat.ofDelimiter(":").withUpperCase();
    return interfaces().stream()
        .map(i -> i.getName() + " (" + colons.formatHex(HexFormat.of().parseHex(mac(i))) + ")")
        .toList();
  }

  /** IPv4 addresses. */
  static List<String> addresses() {
    return interfaces().stream()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(Inet4Address.class::isInstance)
        .map(InetAddress::getHostAddress)
        .toList();
  }

  private static List<NetworkInterface> interfaces() {
    List<NetworkInterface> up = new ArrayList<>();
    try {
      for (NetworkInterface candidate : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        if (candidate.isUp()
            && !candidate.isLoopback()
            && candidate.inetAddresses().findAny().isPresent()) {
          up.add(candidate);
        }
      }
    } catch (SocketException e) {
      return up;
    }
    return up;
  }

  private static String mac(NetworkInterface of) {
    try {
      byte[] address = of.getHardwareAddress();
      return address == null ? "" : HexFormat.of().withUpperCase().formatHex(address);
    } catch (SocketException e) {
      return "";
    }
  }

  private NetworkFacts() {}
}
