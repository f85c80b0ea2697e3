// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy;

import io.kete.kapua.codec.deploy.Operation;
import java.util.Optional;

/**
 * What was ordered and how far it came; on disk from the answer until the broker has the final
 * notification.
 *
 * @param number counts orders, also over restarts
 * @param id the operation on Kapua's side
 * @param requester who wants to hear of it
 * @param connection PID of the cloud connection it came by
 * @param operation what is going on now
 * @param name of the package as ordered
 * @param version likewise, empty when any
 * @param digest of the file that is being installed, empty before
 * @param ending how it ended, once it did
 */
record Job(
    long number,
    long id,
    String requester,
    String connection,
    Operation operation,
    String name,
    String version,
    String digest,
    Optional<Ending> ending) {

  /**
   * How it ended.
   *
   * @param good whether it was done
   * @param message for the operator
   */
  record Ending(boolean good, String message) {}

  /** The same order, now busy with something else. */
  Job at(Operation next) {
    return new Job(number, id, requester, connection, next, name, version, digest, ending);
  }

  /** The same order, about to install that file under its real name. */
  Job installing(String realName, String realVersion, String fileDigest) {
    return new Job(
        number,
        id,
        requester,
        connection,
        Operation.INSTALL,
        realName,
        realVersion,
        fileDigest,
        ending);
  }

  /** The same order, ended. */
  Job ended(boolean good, String message) {
    return new Job(
        number,
        id,
        requester,
        connection,
        operation,
        name,
        version,
        digest,
        Optional.of(new Ending(good, message)));
  }

  /** What Kura calls the package in notifications. */
  String subject() {
    return operation == Operation.UNINSTALL || version.isEmpty()
        ? name
        : name + '_' + version + ".dp";
  }
}
