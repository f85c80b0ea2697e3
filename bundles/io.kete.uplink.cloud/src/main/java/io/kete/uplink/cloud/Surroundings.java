// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud;

import io.kete.buffer.api.Stream;
import io.kete.data.api.StatusSource;
import io.kete.uplink.cloud.exit.Exit;
import io.kete.uplink.cloud.pace.DayCount;
import java.util.Optional;

/** What an uplink needs of the gateway it runs in. */
interface Surroundings extends AutoCloseable {

  /** The stream to be drained. */
  Stream stream();

  /** Its priority, 0, most urgent, to 9; may change. */
  int priority();

  /** The exit that is asked for; empty when its service is not there. */
  Optional<Exit> exit(Way way);

  /** Where the bytes of the day are counted. */
  DayCount today();

  /** Offers a status; the result takes it back. */
  Runnable register(StatusSource source);

  /** Gives back what was used. */
  @Override
  void close();
}
