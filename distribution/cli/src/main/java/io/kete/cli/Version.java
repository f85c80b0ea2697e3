// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import picocli.CommandLine.IVersionProvider;

/** Version of the installation, from the manifest of the command's jar. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = Kete.class.getPackage().getImplementationVersion();
    return new String[] {"Kete " + (version == null ? "(not packaged)" : version)};
  }
}
