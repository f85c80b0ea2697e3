// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.modbus;

/** A Modbus server that tests fill. Holding register 99 does not exist in it. */
interface TestDevice extends AutoCloseable {

  int MISSING = 99;

  int port();

  void coil(int address, boolean value);

  void discreteInput(int address, boolean value);

  void holding(int address, int value);

  void input(int address, int value);

  int holdingAt(int address);

  boolean coilAt(int address);

  /** Requests for holding registers so far, where the server can count them, otherwise -1. */
  int requests();

  @Override
  void close();
}
