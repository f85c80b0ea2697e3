// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.system;

import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.kura.KuraProcessExecutionErrorException;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.framework.Bundle;

/**
 * Facts about the gateway. A fact that is not known is {@link #UNKNOWN} unless its method says
 * otherwise. The constants are the names of the settings behind the facts.
 */
@ProviderType
public interface SystemService {
  String KURA_CONFIG = "kura.configuration";
  String KURA_PROPS_FILE = "kura.properties";
  String KURA_CUSTOM_CONFIG = "kura.custom.configuration";
  String KURA_CUSTOM_PROPS_FILE = "kura_custom.properties";
  String OS_CLOUDBEES = "Linux (Cloudbees)";
  String OS_LINUX = "Linux";
  String OS_MAC_OSX = "Mac OS X";
  String UNKNOWN = "UNKNOWN";
  String UNSUPPORTED = "UNSUPPORTED";
  String KEY_KURA_NAME = "kura.name";
  String KEY_KURA_VERSION = "kura.version";
  String KEY_KURA_NET_VIRTUAL_DEVICES_CONFIG = "kura.net.virtual.devices.config";
  String KEY_KURA_FRAMEWORK_CONFIG_DIR = "kura.framework.config";
  String KEY_KURA_USER_CONFIG_DIR = "kura.user.config";
  String KEY_KURA_MARKETPLACE_COMPATIBILITY_VERSION = "kura.marketplace.compatibility.version";
  String KEY_DEVICE_NAME = "kura.device.name";
  String KEY_PLATFORM = "kura.platform";
  String KEY_MODEL_ID = "kura.model.id";
  String KEY_MODEL_NAME = "kura.model.name";
  String KEY_PART_NUMBER = "kura.partNumber";
  String KEY_SERIAL_NUM = "kura.serialNumber";
  String KEY_BIOS_VERSION = "kura.bios.version";
  String KEY_FIRMWARE_VERSION = "kura.firmware.version";
  String KEY_PRIMARY_NET_IFACE = "kura.primary.network.interface";
  String KEY_KURA_HOME_DIR = "kura.home";
  String KEY_KURA_PLUGINS_DIR = "kura.plugins";
  String KEY_KURA_PACKAGES_DIR = "kura.packages";
  String KEY_KURA_DATA_DIR = "kura.data";
  String KEY_KURA_TMP_DIR = "kura.tmp";
  String KEY_KURA_SNAPSHOTS_DIR = "kura.snapshots";
  String KEY_KURA_SNAPSHOTS_COUNT = "kura.snapshots.count";
  String KEY_KURA_HAVE_NET_ADMIN = "kura.have.net.admin";
  String KEY_KURA_HAVE_WEB_INTER = "kura.have.web.inter";
  String KEY_KURA_STYLE_DIR = "kura.style.dir";
  String KEY_KURA_WIFI_TOP_CHANNEL = "kura.wifi.top.channel";
  String KEY_KURA_KEY_STORE_PWD = "kura.ssl.keyStorePassword";
  String KEY_KURA_TRUST_STORE_PWD = "kura.ssl.trustStorePassword";
  String KEY_FILE_COMMAND_ZIP_MAX_SIZE = "file.command.zip.max.size";
  String KEY_FILE_COMMAND_ZIP_MAX_NUMBER = "file.command.zip.max.number";
  String KEY_OS_ARCH = "os.arch";
  String KEY_OS_NAME = "os.name";
  String KEY_OS_VER = "os.version";
  String KEY_OS_DISTRO = "os.distribution";
  String KEY_OS_DISTRO_VER = "os.distribution.version";
  String KEY_JAVA_VERSION = "java.runtime.version";
  String KEY_JAVA_VENDOR = "java.runtime.name";
  String KEY_JAVA_VM_NAME = "java.vm.name";
  String KEY_JAVA_VM_VERSION = "java.vm.version";
  String KEY_JAVA_VM_INFO = "java.vm.info";
  String KEY_OSGI_FW_NAME = "org.osgi.framework.vendor";
  String KEY_OSGI_FW_VERSION = "org.osgi.framework.version";
  String KEY_JAVA_HOME = "java.home";
  String KEY_FILE_SEP = "file.separator";
  String CONFIG_CONSOLE_DEVICE_MANAGE_SERVICE_IGNORE = "console.device.management.service.ignore";
  String KEY_COMMAND_USER = "kura.command.user";
  String KEY_CPU_VERSION = "cpu.version";
  String KEY_LEGACY_BT_BEACON_SCAN = "kura.legacy.bluetooth.beacon.scan";
  String KEY_LEGACY_PPP_LOGGING = "kura.legacy.ppp.logging.enabled";
  String KEY_JAVA_VM_VENDOR = "java.vm.vendor";
  String KEY_JDK_VENDOR_VERSION = "jdk.vendor.version";
  @Deprecated String DB_URL_PROPNAME = "db.service.hsqldb.url";
  @Deprecated String DB_WRITE_DELAY_MILLIES_PROPNAME = "db.service.hsqldb.write_delay_millis";
  @Deprecated String DB_LOG_DATA_PROPNAME = "db.service.hsqldb.log_data";
  @Deprecated String DB_CACHE_ROWS_PROPNAME = "db.service.hsqldb.cache_rows";
  @Deprecated String DB_LOB_FILE_PROPNAME = "db.service.hsqldb.lob_file_scale";
  @Deprecated String DB_DEFRAG_LIMIT_PROPNAME = "db.service.hsqldb.defrag_limit";
  @Deprecated String DB_LOG_SIZE_PROPNAME = "db.service.hsqldb.log_size";
  @Deprecated String DB_NIO_PROPNAME = "db.service.hsqldb.nio_data_file";

  /** The version of the BIOS. */
  String getBiosVersion();

  /** The bundles of the framework; null before it runs. */
  Bundle @Nullable [] getBundles();

  /** The user that commands from the cloud run as; null when not set. */
  @Nullable String getCommandUser();

  /** The processor. */
  String getCpuVersion();

  /** The PIDs that remote configuration leaves out; null when none are set. */
  @Nullable List<String> getDeviceManagementServiceIgnore();

  /** What people call the gateway. */
  String getDeviceName();

  /** Facts of the platform's own. */
  Optional<ExtendedProperties> getExtendedProperties();

  /** How many files an archive with a command may hold. */
  int getFileCommandZipMaxUploadNumber();

  /** How many MB an archive with a command may have. */
  int getFileCommandZipMaxUploadSize();

  /** What stands between the parts of a path. */
  String getFileSeparator();

  /** The version of the firmware. */
  String getFirmwareVersion();

  /** Free memory of the JVM, in KB. */
  long getFreeMemory();

  /** The name in the network. */
  String getHostname();

  /** Where Java is. */
  String getJavaHome();

  /** The password of the key store. */
  char[] getJavaKeyStorePassword();

  /** The password of the trust store. */
  char[] getJavaTrustStorePassword();

  /** The name of the Java runtime. */
  String getJavaVendor();

  /** The version of the Java runtime. */
  String getJavaVersion();

  /** How the JVM runs. */
  String getJavaVmInfo();

  /** The name of the JVM. */
  String getJavaVmName();

  /** Who made the JVM. */
  String getJavaVmVendor();

  /** The version of the JVM. */
  String getJavaVmVersion();

  /** The version the maker of the JDK gives it; null when it gives none. */
  @Nullable String getJdkVendorVersion();

  /** Where data are. */
  String getKuraDataDirectory();

  /** Where the framework's settings are. */
  String getKuraFrameworkConfigDirectory();

  /** Where the runtime is. */
  String getKuraHome();

  /** The version a marketplace compares with. */
  String getKuraMarketplaceCompatibilityVersion();

  /** How many snapshots are kept. */
  int getKuraSnapshotsCount();

  /** Where snapshots are. */
  String getKuraSnapshotsDirectory();

  /** Where the styles of a web console are; null when there are none. */
  @Nullable String getKuraStyleDirectory();

  /** Where settings that do not outlive a restart are. */
  String getKuraTemporaryConfigDirectory();

  /** Where the user's settings are. */
  String getKuraUserConfigDirectory();

  /** The version of the runtime. */
  String getKuraVersion();

  /** Whether there is a web console, as text. */
  String getKuraWebEnabled();

  /** The highest Wi-Fi channel. */
  int getKuraWifiTopChannel();

  /** The model, for machines. */
  String getModelId();

  /** The model, for people. */
  String getModelName();

  /** What is done with virtual network devices; null when not set. */
  @Nullable String getNetVirtualDevicesConfig();

  /** How many processors there are. */
  int getNumberOfProcessors();

  /** The processor's architecture. */
  String getOsArch();

  /** The distribution; null when not known. */
  @Nullable String getOsDistro();

  /** The version of the distribution; null when not known. */
  @Nullable String getOsDistroVersion();

  /** The operating system. */
  String getOsName();

  /** The version of the operating system. */
  String getOsVersion();

  /** The OSGi framework. */
  String getOsgiFwName();

  /** The version of the OSGi framework. */
  String getOsgiFwVersion();

  /** The part number. */
  String getPartNumber();

  /** The kind of gateway; null when not set. */
  @Nullable String getPlatform();

  /** The hardware address of the first network interface; null when there is none. */
  @Nullable String getPrimaryMacAddress();

  /** The first network interface; null when there is none. */
  @Nullable String getPrimaryNetworkInterfaceName();

  /** All settings. */
  Properties getProperties();

  /** The serial number. */
  String getSerialNumber();

  /**
   * Software of the operating system.
   *
   * @throws KuraProcessExecutionErrorException when it cannot be listed
   */
  List<SystemResourceInfo> getSystemPackages() throws KuraProcessExecutionErrorException;

  /** Memory of the JVM, in KB. */
  long getTotalMemory();

  /** Whether beacons are looked for the old way. */
  boolean isLegacyBluetoothBeaconScan();

  /** Whether dial-up logs the old way. */
  boolean isLegacyPPPLoggingEnabled();
}
