// SPDX-License-Identifier: EPL-2.0
package io.kete.cli.doctor;

import java.util.List;

/** The Java that runs this command, which is the one the gateway would run with. */
record JavaCheck(int feature, String version, String place) implements Check {

  private static final int NEEDED = 17;

  static JavaCheck ofThisProcess() {
    return new JavaCheck(
        Runtime.version().feature(),
        Runtime.version().toString(),
        System.getProperty("java.home", ""));
  }

  @Override
  public String name() {
    return "java";
  }

  @Override
  public List<Finding> look() {
    return feature < NEEDED
        ? List.of(
            Finding.fail(
                name(),
                version + " in " + place,
                "install a Java " + NEEDED + " runtime, or set KETE_JAVA to one"))
        : List.of(Finding.ok(name(), version + " in " + place));
  }
}
