// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.configuration.metatype;

import java.math.BigInteger;
import org.osgi.annotation.versioning.ProviderType;

/** The picture of a component in a console. */
@ProviderType
public interface Icon {
  /** Where the picture is. */
  String getResource();

  /** Its width in pixels. */
  BigInteger getSize();
}
