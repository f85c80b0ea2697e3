// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.modbus;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP server that answers each request as a script says. */
final class ScriptedPeer implements AutoCloseable {

  /** Answers one request; returns whether the connection stays open. */
  interface Script {
    boolean answer(byte[] request, OutputStream out) throws IOException;
  }

  private final ServerSocket server;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  private volatile Script script;
  private volatile boolean stopped;

  ScriptedPeer(Script script) {
    this.script = script;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread thread = new Thread(this::serve, "scripted-peer");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return server.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  int requests() {
    return requests.get();
  }

  void script(Script next) {
    script = next;
  }

  /** The reply to a request for registers, each holding this value. */
  static byte[] reply(byte[] request, int value) {
    int count = (request[10] & 0xFF) << 8 | (request[11] & 0xFF);
    byte[] reply = new byte[9 + 2 * count];
    System.arraycopy(request, 0, reply, 0, 4);
    reply[5] = (byte) (3 + 2 * count);
    reply[6] = request[6];
    reply[7] = request[7];
    reply[8] = (byte) (2 * count);
    for (int i = 9; i < reply.length; i += 2) {
      reply[i] = (byte) (value >> 8);
      reply[i + 1] = (byte) value;
    }
    return reply;
  }

  private void serve() {
    while (!stopped) {
      try (Socket socket = server.accept()) {
        socket.setTcpNoDelay(true);
        socket.setSoLinger(true, 0);
        connections.incrementAndGet();
        talk(socket);
      } catch (SocketException | EOFException e) {
        // the driver hung up, or the peer was closed
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void talk(Socket socket) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    boolean open = true;
    while (open) {
      byte[] request = new byte[12];
      in.readFully(request);
      requests.incrementAndGet();
      open = script.answer(request, socket.getOutputStream());
    }
    // an orderly end, so that the reply arrives before it
    socket.setSoLinger(false, 0);
    socket.shutdownOutput();
    in.read();
  }

  @Override
  public void close() throws IOException {
    stopped = true;
    server.close();
  }
}
