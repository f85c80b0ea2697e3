// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.modbus;

class PetriDeviceTest extends DeviceContract {
  @Override
  TestDevice open() {
    return new PetriDevice();
  }
}
