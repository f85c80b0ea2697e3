// SPDX-License-Identifier: EPL-2.0
package io.kete.cli.doctor;

import java.io.IOException;
import java.util.List;

/** Looks at one thing. */
interface Check {

  /** Short name of what is looked at. */
  String name();

  /** At least one finding. */
  List<Finding> look() throws IOException, InterruptedException;
}
