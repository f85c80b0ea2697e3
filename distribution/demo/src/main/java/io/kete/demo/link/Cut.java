// SPDX-License-Identifier: EPL-2.0
package io.kete.demo.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A line between a client and a server that can be cut and mended. While it is cut, connections are
 * reset as soon as they are made; the port stays bound meanwhile, so that nobody else can take it.
 */
public final class Cut implements AutoCloseable {

  private static final int CONNECT_MILLIS = 5_000;
  private static final int CHUNK = 16 * 1024;

  private final String host;
  private final int port;
  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;
  private volatile boolean closed;

  /** A line from a free local port to a server, whole at first. */
  public Cut(String host, int port) throws IOException {
    this.host = host;
    this.port = port;
    listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    start("cut-accept", this::accept);
  }

  /** Where the client has to connect to. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Whether the line is cut. */
  public boolean isCut() {
    return cut;
  }

  /** Drops all connections and refuses new ones. */
  public void cut() {
    cut = true;
    open.forEach(Cut::reset);
  }

  /** Lets connections pass again. */
  public void mend() {
    cut = false;
  }

  private void accept() {
    while (!closed) {
      try {
        Socket client = listener.accept();
        start("cut-connect", () -> connect(client));
      } catch (IOException e) {
        if (!closed) {
          throw new IllegalStateException("the line lost its port", e);
        }
      }
    }
  }

  private void connect(Socket client) {
    Socket server = new Socket();
    open.add(client);
    open.add(server);
    try {
      SocketAddress target = new InetSocketAddress(host, port);
      if (!cut) {
        server.connect(target, CONNECT_MILLIS);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        start("cut-back", () -> carry(server, client));
        carry(client, server);
      }
    } catch (IOException unreachable) {
      // the client sees a reset, as it would without the line
    } finally {
      end(client);
      end(server);
    }
  }

  private void carry(Socket from, Socket to) {
    byte[] chunk = new byte[CHUNK];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(chunk); length >= 0 && !cut; length = in.read(chunk)) {
        out.write(chunk, 0, length);
      }
    } catch (IOException ended) {
      // one side went; the other one is told below
    } finally {
      end(from);
      end(to);
    }
  }

  private void end(Socket socket) {
    if (open.remove(socket)) {
      if (cut) {
        reset(socket);
      } else {
        shut(socket);
      }
    }
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException alreadyClosed) {
      // nothing to reset
    }
    shut(socket);
  }

  private static void shut(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyClosed) {
      // nothing to close
    }
  }

  private static void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    listener.close();
    open.forEach(Cut::reset);
  }
}
