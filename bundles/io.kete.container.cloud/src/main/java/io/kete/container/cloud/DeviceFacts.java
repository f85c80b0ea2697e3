// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import io.kete.kapua.codec.BirthBuilder;
import io.kete.kapua.codec.BirthMetric;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.eclipse.kura.system.SystemService;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway knows about the machine it runs on: from a SystemService if there is one,
 * otherwise from system properties (those Kura names, such as {@code kura.model.name}, come first)
 * and files below /proc and /sys. What is not known is left out, never made up.
 */
final class DeviceFacts {

  private static final int MAX_FACT_BYTES = 16 * 1024;

  private final @Nullable SystemService system;
  private final UnaryOperator<@Nullable String> properties;
  private final Path root;

  /**
   * Facts of this machine.
   *
   * @param properties looks up a property of the framework or the system; may say null
   * @param root where proc and sys are found
   */
  DeviceFacts(
      @Nullable SystemService system, UnaryOperator<@Nullable String> properties, Path root) {
    this.system = system;
    this.properties = properties;
    this.root = root;
  }

  String displayName(CloudSettings settings) {
    return switch (settings.displayName()) {
      case "custom" -> settings.customName();
      case "hostname" -> hostname();
      case "server" -> "";
      default -> deviceName();
    };
  }

  /** Milliseconds since the machine started, or since this process did. */
  String uptime() {
    String seconds = file("proc/uptime").split(" ", 2)[0];
    try {
      return Long.toString((long) (Double.parseDouble(seconds) * 1000));
    } catch (NumberFormatException noProc) {
      return Long.toString(ManagementFactory.getRuntimeMXBean().getUptime());
    }
  }

  void addTo(BirthBuilder birth) {
    birth.set(BirthMetric.UPTIME, uptime());
    if (system == null) {
      addOwn(birth);
    } else {
      addFrom(system, birth);
    }
    birth
        .set(BirthMetric.JVM_NAME, property("java.vm.name"))
        .set(BirthMetric.JVM_VERSION, property("java.vm.version"))
        .set(
            BirthMetric.JVM_PROFILE,
            property("java.runtime.name") + " " + property("java.runtime.version"))
        .set(BirthMetric.JVM_VENDOR, property("java.vm.vendor"))
        .set(BirthMetric.JDK_VENDOR_VERSION, property("java.vendor.version"))
        .set(
            BirthMetric.AVAILABLE_PROCESSORS,
            Integer.toString(Runtime.getRuntime().availableProcessors()))
        .set(BirthMetric.APPLICATION_FRAMEWORK, "Kete")
        .set(BirthMetric.APPLICATION_FRAMEWORK_VERSION, version())
        .set(BirthMetric.OSGI_FRAMEWORK, property("org.osgi.framework.vendor"))
        .set(BirthMetric.OSGI_FRAMEWORK_VERSION, property("org.osgi.framework.version"))
        .set(BirthMetric.CONNECTION_INTERFACE, NetworkFacts.names())
        .set(BirthMetric.CONNECTION_IP, NetworkFacts.addresses());
  }

  private void addOwn(BirthBuilder birth) {
    birth
        .set(
            BirthMetric.MODEL_NAME,
            first(
                property(SystemService.KEY_MODEL_NAME),
                file("proc/device-tree/model"),
                dmi("product_name")))
        .set(BirthMetric.MODEL_ID, first(property(SystemService.KEY_MODEL_ID), dmi("product_sku")))
        .set(BirthMetric.PART_NUMBER, property(SystemService.KEY_PART_NUMBER))
        .set(
            BirthMetric.SERIAL_NUMBER,
            first(
                property(SystemService.KEY_SERIAL_NUM),
                file("proc/device-tree/serial-number"),
                dmi("product_serial")))
        .set(BirthMetric.TOTAL_MEMORY, firstNumber(line("proc/meminfo", "MemTotal")))
        .set(BirthMetric.FIRMWARE_VERSION, property(SystemService.KEY_FIRMWARE_VERSION))
        .set(
            BirthMetric.CPU_VERSION,
            first(
                property(SystemService.KEY_CPU_VERSION),
                line("proc/cpuinfo", "model name"),
                line("proc/cpuinfo", "Model")))
        .set(
            BirthMetric.BIOS_VERSION,
            first(property(SystemService.KEY_BIOS_VERSION), dmi("bios_version")))
        .set(BirthMetric.OS, property("os.name"))
        .set(BirthMetric.OS_VERSION, property("os.version"))
        .set(BirthMetric.OS_ARCH, property("os.arch"))
        .set(BirthMetric.KURA_VERSION, property(SystemService.KEY_KURA_VERSION));
  }

  private static void addFrom(SystemService system, BirthBuilder birth) {
    birth
        .set(BirthMetric.MODEL_NAME, system.getModelName())
        .set(BirthMetric.MODEL_ID, system.getModelId())
        .set(BirthMetric.PART_NUMBER, system.getPartNumber())
        .set(BirthMetric.SERIAL_NUMBER, system.getSerialNumber())
        .set(BirthMetric.TOTAL_MEMORY, Long.toString(system.getTotalMemory()))
        .set(BirthMetric.FIRMWARE_VERSION, system.getFirmwareVersion())
        .set(BirthMetric.CPU_VERSION, system.getCpuVersion())
        .set(BirthMetric.BIOS_VERSION, system.getBiosVersion())
        .set(BirthMetric.OS, system.getOsName())
        .set(BirthMetric.OS_VERSION, system.getOsVersion())
        .set(BirthMetric.OS_ARCH, system.getOsArch())
        .set(BirthMetric.KURA_VERSION, system.getKuraVersion());
  }

  private String deviceName() {
    return system != null
        ? system.getDeviceName()
        : first(property(SystemService.KEY_DEVICE_NAME), hostname());
  }

  private String hostname() {
    String name = file("proc/sys/kernel/hostname");
    if (!name.isEmpty()) {
      return name;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "";
    }
  }

  private static String version() {
    String version = DeviceFacts.class.getPackage().getImplementationVersion();
    return version == null ? "1.0.0" : version;
  }

  private String property(String key) {
    String value = properties.apply(key);
    return value == null ? "" : value.strip();
  }

  private String dmi(String name) {
    return file("sys/class/dmi/id/" + name);
  }

  private String line(String file, String key) {
    return file(file)
        .lines()
        .filter(line -> line.startsWith(key))
        .findFirst()
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .orElse("");
  }

  private static String firstNumber(String text) {
    return text.split(" ", 2)[0];
  }

  private static String first(String... candidates) {
    for (String candidate : candidates) {
      if (!candidate.isEmpty()) {
        return candidate;
      }
    }
    return "";
  }

  private String file(String name) {
    try (var in = Files.newInputStream(root.resolve(name))) {
      return new String(in.readNBytes(MAX_FACT_BYTES), StandardCharsets.UTF_8)
          .replace("\0", "")
          .strip();
    } catch (IOException | SecurityException notThere) {
      return "";
    }
  }
}
