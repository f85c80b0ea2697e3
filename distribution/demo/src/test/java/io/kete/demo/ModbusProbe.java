// SPDX-License-Identifier: EPL-2.0
package io.kete.demo;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/**
 * A Modbus TCP client written from the specification, so that the test does not trust the server's
 * library.
 */
public final class ModbusProbe implements AutoCloseable {
  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private short transaction;

  public ModbusProbe(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(10_000);
    in = new DataInputStream(socket.getInputStream());
    out = new DataOutputStream(socket.getOutputStream());
  }

  /** The PDU of the answer: function code, then what follows. */
  public ByteBuffer request(int function, int address, int quantity) throws IOException {
    transaction++;
    out.write(
        ByteBuffer.allocate(12)
            .putShort(transaction) // transaction
            .putShort((short) 0) // protocol: Modbus
            .putShort((short) 6) // bytes that follow
            .put((byte) 1) // unit
            .put((byte) function)
            .putShort((short) address)
            .putShort((short) quantity)
            .array());
    out.flush();
    if (in.readShort() != transaction || in.readShort() != 0) {
      throw new IOException("answer to another request");
    }
    byte[] unitAndPdu = new byte[in.readUnsignedShort()];
    in.readFully(unitAndPdu);
    return ByteBuffer.wrap(unitAndPdu, 1, unitAndPdu.length - 1).slice();
  }

  /** All holding registers of the pump. */
  public ByteBuffer block() throws IOException {
    ByteBuffer answer = request(3, 0, 22);
    if (answer.get() != 3 || answer.get() != 44) {
      throw new IOException("not the registers that were asked for");
    }
    return answer.slice();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
