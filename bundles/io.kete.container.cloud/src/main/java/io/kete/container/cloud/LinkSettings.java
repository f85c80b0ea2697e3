// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import static io.kete.container.cloud.MqttDataService.PID;

import java.time.Duration;

/**
 * Checked configuration of the data service.
 *
 * @param autoConnect connect at start and after each loss
 * @param maxPause longest pause between attempts
 * @param quiesce what messages in flight get before an orderly disconnect
 * @param stable how long a connection has to last until the next failure counts as the first
 */
record LinkSettings(boolean autoConnect, Duration maxPause, Duration quiesce, Duration stable) {

  static LinkSettings of(DataServiceConfig config) {
    int retry =
        Settings.inRange(
            PID, "connect.retry-interval", config.connect_retry$_$interval(), 1, 86_400);
    int quiesce =
        Settings.inRange(
            PID, "disconnect.quiesce-timeout", config.disconnect_quiesce$_$timeout(), 0, 60);
    return new LinkSettings(
        config.connect_auto$_$on$_$startup(),
        Duration.ofSeconds(retry),
        Duration.ofSeconds(quiesce),
        Duration.ofSeconds(30));
  }
}
