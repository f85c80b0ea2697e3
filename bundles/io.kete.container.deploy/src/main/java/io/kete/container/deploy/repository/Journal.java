// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.repository;

import java.io.IOException;
import java.util.Map;

/** Where an order says how far it is. */
interface Journal {

  /** A line for who ordered. */
  void tell(String line) throws IOException;

  /** From here on the gateway is changed; after a kill this says by what: digests by name. */
  void installing(Map<String, String> set) throws IOException;
}
