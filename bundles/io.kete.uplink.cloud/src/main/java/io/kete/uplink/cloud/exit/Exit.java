// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud.exit;

import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;

/** A way to the broker that confirms each message. Letters are made and sent by one thread. */
public interface Exit extends AutoCloseable {

  /** Hears of the link; on the threads of the exit, so it must return at once. */
  interface Events {

    /**
     * The broker has the message of that id. May come before {@link Exit#send} has returned it, and
     * for messages that others have sent.
     */
    void confirmed(Object id);

    /** There is a link again. */
    void linkUp();

    /** The link is gone; what was not confirmed never will be. */
    void linkLost();
  }

  /** Begins to tell of the link. */
  void open(Events events);

  /** Whether there is a link, as far as that can be known; true when it cannot. */
  boolean isConnected();

  /**
   * Makes a message ready to be sent.
   *
   * @throws KuraException when this message can never be sent
   */
  Letter letter(KuraMessage message) throws KuraException;

  /**
   * Hands a letter over.
   *
   * @return the id that its confirmation will name
   */
  Object send(Letter letter) throws KuraException;

  /** Tells nothing any more. */
  @Override
  void close();
}
