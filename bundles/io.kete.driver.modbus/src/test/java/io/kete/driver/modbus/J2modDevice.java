// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.modbus;

import com.ghgande.j2mod.modbus.ModbusException;
import com.ghgande.j2mod.modbus.procimg.SimpleDigitalIn;
import com.ghgande.j2mod.modbus.procimg.SimpleDigitalOut;
import com.ghgande.j2mod.modbus.procimg.SimpleInputRegister;
import com.ghgande.j2mod.modbus.procimg.SimpleProcessImage;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import com.ghgande.j2mod.modbus.slave.ModbusSlave;
import com.ghgande.j2mod.modbus.slave.ModbusSlaveFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** The slave that comes with j2mod. */
final class J2modDevice implements TestDevice {

  private final SimpleProcessImage image = new SimpleProcessImage(1);
  private final ModbusSlave slave;

  J2modDevice() {
    for (int i = 0; i < 400; i++) {
      if (i != MISSING) {
        image.addRegister(i, new SimpleRegister(0));
      }
      image.addInputRegister(i, new SimpleInputRegister(0));
      image.addDigitalOut(i, new SimpleDigitalOut(false));
      image.addDigitalIn(i, new SimpleDigitalIn(false));
    }
    try {
      slave =
          ModbusSlaveFactory.createTCPSlave(
              InetAddress.getLoopbackAddress(), freePort(), 2, false, 30);
      slave.addProcessImage(1, image);
      slave.open();
    } catch (ModbusException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int port() {
    return slave.getPort();
  }

  @Override
  public void coil(int address, boolean value) {
    image.getDigitalOut(address).set(value);
  }

  @Override
  public void discreteInput(int address, boolean value) {
    image.addDigitalIn(address, new SimpleDigitalIn(value));
  }

  @Override
  public void holding(int address, int value) {
    image.getRegister(address).setValue(value);
  }

  @Override
  public void input(int address, int value) {
    image.addInputRegister(address, new SimpleInputRegister(value));
  }

  @Override
  public int holdingAt(int address) {
    return image.getRegister(address).toUnsignedShort();
  }

  @Override
  public boolean coilAt(int address) {
    return image.getDigitalOut(address).isSet();
  }

  @Override
  public int requests() {
    return -1;
  }

  @Override
  public void close() {
    ModbusSlaveFactory.close(slave);
  }
}
