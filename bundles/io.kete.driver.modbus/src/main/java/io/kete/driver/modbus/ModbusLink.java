// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.modbus;

import com.ghgande.j2mod.modbus.ModbusIOException;
import com.ghgande.j2mod.modbus.io.ModbusTCPTransport;
import com.ghgande.j2mod.modbus.msg.ExceptionResponse;
import com.ghgande.j2mod.modbus.msg.ModbusRequest;
import com.ghgande.j2mod.modbus.msg.ModbusResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.kura.driver.Driver.ConnectionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to one device. One request at a time; callers wait for each other. After a failure
 * every caller is refused at once until the back-off has passed.
 *
 * <p>Whatever does not fit the request exactly (transaction, unit, function, length) ends the
 * connection: afterwards it is unknown which reply belongs to which request.
 */
final class ModbusLink {

  private static final Logger logger = LoggerFactory.getLogger(ModbusLink.class);
  private static final int EXCEPTION_BIT = 0x80;
  private static final int EXCEPTION_FRAME = 9;

  /** Where the body begins in a frame: after transaction, protocol, length, unit and function. */
  private static final int BODY = 8;

  private enum State {
    UNKNOWN,
    FOUND,
    LOST
  }

  private final ModbusSettings settings;
  private final Backoff backoff;
  private final ReentrantLock lock = new ReentrantLock(true);
  private volatile @Nullable DeadlineSocket socket;
  private volatile boolean closed;
  private final AtomicInteger connections = new AtomicInteger();
  private @Nullable ModbusTCPTransport transport;
  private boolean proven;
  private int transaction;
  private State state = State.UNKNOWN;
  private String lastReason = "";

  ModbusLink(ModbusSettings settings, Backoff backoff) {
    this.settings = settings;
    this.backoff = backoff;
  }

  /** How many connections were made so far; a change tells that the device may be another one. */
  int connections() {
    return connections.get();
  }

  /**
   * Connects when there is no connection.
   *
   * @throws ConnectionException when it fails or is not yet due
   */
  void connect() throws ConnectionException {
    lock.lock();
    try {
      ready();
    } finally {
      lock.unlock();
    }
  }

  /** Closes the connection; the next exchange makes a new one. */
  void disconnect() {
    lock.lock();
    try {
      drop();
    } finally {
      lock.unlock();
    }
  }

  /** Closes for good and frees a caller that is waiting for the device. */
  void close() {
    closed = true;
    closeSocket(socket);
  }

  /**
   * Sends a request and waits for its reply.
   *
   * @param frameLength bytes of the whole frame when the device does as asked
   * @param repeatable whether it may be sent again when the device had closed an idle connection
   * @throws ConnectionException when there is no valid reply
   */
  Reply exchange(ModbusRequest request, int frameLength, boolean repeatable)
      throws ConnectionException {
    lock.lock();
    try {
      ModbusTCPTransport open = ready();
      boolean wasProven = proven;
      Outcome outcome = attempt(open, request, frameLength);
      if (outcome instanceof Outcome.Broken broken
          && broken.silentlyClosed()
          && wasProven
          && repeatable) {
        drop();
        outcome = attempt(ready(), request, frameLength);
      }
      if (outcome instanceof Reply reply) {
        found();
        return reply;
      }
      throw lost(((Outcome.Broken) outcome).reason());
    } finally {
      lock.unlock();
    }
  }

  private Outcome attempt(ModbusTCPTransport open, ModbusRequest request, int frameLength) {
    DeadlineSocket current = socket;
    if (current == null) {
      return new Outcome.Broken("the connection was closed", false);
    }
    transaction = (transaction + 1) & 0xFFFF;
    request.setTransactionID(transaction);
    current.startExchange(settings.responseTimeoutMillis());
    try {
      open.writeRequest(request);
      return check(request, open.readResponse(), current.received(), frameLength);
    } catch (ModbusIOException e) {
      logger.debug("exchange_failed device={}", settings.device(), e);
      return broken(current);
    }
  }

  private Outcome.Broken broken(DeadlineSocket current) {
    if (current.timedOut()) {
      return new Outcome.Broken(
          "no complete answer within " + settings.responseTimeoutMillis() + " ms", false);
    }
    return current.received() == 0
        ? new Outcome.Broken("the device closed the connection", true)
        : new Outcome.Broken("invalid or truncated reply", false);
  }

  private Outcome check(
      ModbusRequest request, ModbusResponse response, int received, int frameLength) {
    boolean belongs =
        response.getTransactionID() == transaction
            && response.getProtocolID() == 0
            && response.getUnitID() == request.getUnitID()
            && (response.getFunctionCode() & ~EXCEPTION_BIT) == request.getFunctionCode();
    if (!belongs) {
      return new Outcome.Broken("the reply belongs to another request", false);
    }
    if (response instanceof ExceptionResponse refusal) {
      if (received == EXCEPTION_FRAME) {
        return new Reply.Refused(refusal.getExceptionCode());
      }
    } else if (received == frameLength) {
      byte[] body = response.getMessage();
      if (body.length == frameLength - BODY) {
        return new Reply.Done(body);
      }
    }
    return new Outcome.Broken("the reply has a wrong length", false);
  }

  private ModbusTCPTransport ready() throws ConnectionException {
    if (closed) {
      throw new ConnectionException("driver " + settings.pid() + " is stopped");
    }
    ModbusTCPTransport existing = transport;
    if (existing != null) {
      return existing;
    }
    long pause = backoff.remainingMillis();
    if (pause > 0) {
      throw new ConnectionException(
          "device "
              + settings.device()
              + " is lost: "
              + lastReason
              + "; next try in "
              + pause
              + " ms");
    }
    return open();
  }

  private ModbusTCPTransport open() throws ConnectionException {
    DeadlineSocket fresh = new DeadlineSocket();
    socket = fresh;
    try {
      if (closed) {
        throw new IOException("the driver is stopped");
      }
      fresh.setTcpNoDelay(true);
      fresh.setKeepAlive(true);
      fresh.connect(
          new InetSocketAddress(settings.host(), settings.port()), settings.connectTimeoutMillis());
      ModbusTCPTransport opened = new ModbusTCPTransport(fresh);
      transport = opened;
      connections.incrementAndGet();
      return opened;
    } catch (IOException | IllegalStateException e) {
      // the transport's constructor wraps a socket that closed meanwhile in IllegalStateException
      throw lost("cannot connect: " + e);
    }
  }

  private void found() {
    proven = true;
    backoff.succeeded();
    if (state != State.FOUND) {
      state = State.FOUND;
      logger.info("device_found pid={} device={}", settings.pid(), settings.device());
    }
  }

  private ConnectionException lost(String reason) {
    drop();
    backoff.failed();
    lastReason = reason;
    if (closed) {
      return new ConnectionException("driver " + settings.pid() + " is stopped");
    }
    if (state != State.LOST) {
      state = State.LOST;
      logger.warn(
          "device_lost pid={} device={} reason=\"{}\"", settings.pid(), settings.device(), reason);
    }
    return new ConnectionException("device " + settings.device() + ": " + reason);
  }

  private void drop() {
    closeSocket(socket);
    socket = null;
    transport = null;
    proven = false;
  }

  private void closeSocket(@Nullable DeadlineSocket old) {
    if (old == null) {
      return;
    }
    try {
      old.close();
    } catch (IOException e) {
      logger.debug("close_failed device={}", settings.device(), e);
    }
  }
}
