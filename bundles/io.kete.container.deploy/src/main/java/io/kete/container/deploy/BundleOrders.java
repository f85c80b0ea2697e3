// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy;

import io.kete.container.deploy.install.BaseFeatures;
import io.kete.kapua.codec.Replies;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraResponsePayload;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts and stops single bundles. Kapua has no notification for it, so the answer tells how it
 * went. The gateway's own bundles stay as they are: without them nobody could start them again.
 */
final class BundleOrders {

  private static final Logger logger = LoggerFactory.getLogger(BundleOrders.class);

  private final BundleContext context;
  private final BaseFeatures features;

  BundleOrders(BundleContext context, BaseFeatures features) {
    this.context = context;
    this.features = features;
  }

  KuraPayload run(String what, String id) {
    long number;
    try {
      number = Long.parseLong(id);
    } catch (NumberFormatException e) {
      return Replies.refused(
          KuraResponsePayload.RESPONSE_CODE_BAD_REQUEST, "The id of a bundle is a number.");
    }
    Bundle bundle = context.getBundle(number);
    if (bundle == null) {
      return Replies.refused(
          KuraResponsePayload.RESPONSE_CODE_NOTFOUND, "There is no bundle " + number + ".");
    }
    boolean start = what.equals("start");
    if (!start && isGateway(bundle)) {
      return Replies.refused(
          KuraResponsePayload.RESPONSE_CODE_BAD_REQUEST,
          bundle.getSymbolicName() + " is part of the gateway itself and is not stopped.");
    }
    if (bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null) {
      return Replies.refused(
          KuraResponsePayload.RESPONSE_CODE_BAD_REQUEST, "A fragment is not started or stopped.");
    }
    return change(bundle, start);
  }

  private boolean isGateway(Bundle bundle) {
    return bundle.getBundleId() == 0
        || (bundle.getLocation().startsWith("reference:")
            && features.owners(bundle.getLocation()).isEmpty());
  }

  private static KuraPayload change(Bundle bundle, boolean start) {
    try {
      if (start) {
        bundle.start(Bundle.START_ACTIVATION_POLICY);
      } else {
        bundle.stop();
      }
      logger.info("bundle_{} bundle={}", start ? "started" : "stopped", bundle.getSymbolicName());
      return new KuraResponsePayload(KuraResponsePayload.RESPONSE_CODE_OK);
    } catch (BundleException e) {
      return Replies.refused(
          KuraResponsePayload.RESPONSE_CODE_ERROR,
          bundle.getSymbolicName() + ": " + e.getMessage());
    }
  }
}
