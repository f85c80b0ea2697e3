// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One component's configuration.
 *
 * @param pid its kura.service.pid
 * @param factoryPid null for a singleton
 */
record Entry(String pid, @Nullable String factoryPid, State state) {

  /** The PID under which bundles define it. */
  String metatypePid() {
    return factoryPid == null ? pid : factoryPid;
  }

  StoredComponent stored() {
    if (state instanceof Applied applied) {
      return SnapshotWriter.stored(pid, factoryPid, applied.values());
    }
    return state instanceof Waiting waiting ? waiting.stored() : ((Refused) state).stored();
  }

  /** How far it came. */
  sealed interface State permits Waiting, Refused, Applied {}

  /** No bundle has defined it yet. */
  record Waiting(StoredComponent stored) implements State {}

  /** It does not fit the definition; kept as it stands, so that no snapshot loses it. */
  record Refused(StoredComponent stored) implements State {}

  /** It is right; passwords are in clear or sealed in these values. */
  record Applied(Map<String, Object> values) implements State {}
}
