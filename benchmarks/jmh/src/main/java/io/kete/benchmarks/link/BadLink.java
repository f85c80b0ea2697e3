// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP proxy that behaves as a mobile link does: slow, late, with losses, cut, or silent. Silent
 * means that connections stay and nothing passes, so that each end has to find out by itself; what
 * was sent meanwhile arrives when the link is back, as TCP would have it.
 */
final class BadLink implements AutoCloseable {

  /** How the link is. */
  enum State {
    UP,
    /** Connections are reset, new ones too. */
    CUT,
    /** Connections stay, nothing passes. */
    SILENT
  }

  /**
   * What the link does to bytes.
   *
   * @param bytesPerSecond in each direction
   * @param delayMillis of each packet, in each direction
   * @param lossPercent of packets; a lost one comes after the sender's TCP has sent it again
   */
  record Quality(long bytesPerSecond, long delayMillis, int lossPercent) {

    static final Quality GOOD = new Quality(1L << 40, 0, 0);
  }

  private final ServerSocket server;
  private final InetSocketAddress broker;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Object lock = new Object();
  private final long seed;
  private volatile Quality quality;
  private State state = State.UP;
  private int connections;
  private volatile boolean closed;

  BadLink(int brokerPort, Quality quality, long seed) throws IOException {
    this.broker = new InetSocketAddress(InetAddress.getLoopbackAddress(), brokerPort);
    this.quality = quality;
    this.seed = seed;
    this.server = new ServerSocket();
    // little waits in the kernel: the queue of a slow link is what the sender left unconfirmed
    server.setReceiveBufferSize(8_192);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    start("link-accept", this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  Quality quality() {
    return quality;
  }

  void quality(Quality changed) {
    quality = changed;
  }

  /** Connections that passed so far. */
  int connections() {
    synchronized (lock) {
      return connections;
    }
  }

  void state(State changed) {
    synchronized (lock) {
      state = changed;
      lock.notifyAll();
    }
    if (changed == State.CUT) {
      sockets.forEach(BadLink::reset);
      sockets.clear();
    }
  }

  /** Waits while the link is silent. */
  void pass() throws InterruptedException {
    synchronized (lock) {
      while (state == State.SILENT && !closed) {
        lock.wait();
      }
    }
  }

  private void accept() {
    try {
      while (!closed) {
        connect(server.accept());
      }
    } catch (IOException e) {
      if (!closed) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void connect(Socket near) throws IOException {
    synchronized (lock) {
      if (state == State.CUT) {
        reset(near);
        return;
      }
      connections++;
    }
    Socket far = new Socket();
    far.connect(broker);
    near.setTcpNoDelay(true);
    far.setTcpNoDelay(true);
    sockets.add(near);
    sockets.add(far);
    Random random = new Random(seed + connections);
    new Pipe(this, near, far, new Random(random.nextLong())).start();
    new Pipe(this, far, near, new Random(random.nextLong())).start();
  }

  /** Both ends of a connection are done. */
  void ended(Socket one, Socket other) {
    reset(one);
    reset(other);
    sockets.remove(one);
    sockets.remove(other);
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // it is gone already
      return;
    }
  }

  static void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    server.close();
    state(State.CUT);
  }
}
