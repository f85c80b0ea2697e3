// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.modbus;

class J2modDeviceTest extends DeviceContract {
  @Override
  TestDevice open() {
    return new J2modDevice();
  }
}
