// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.request.RequestHandler;
import org.eclipse.kura.cloudconnection.request.RequestHandlerRegistry;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the handler registered at every cloud connection, whenever one comes. */
final class RequestRegistration
    extends ServiceTracker<RequestHandlerRegistry, RequestHandlerRegistry> {

  private static final Logger logger = LoggerFactory.getLogger(RequestRegistration.class);

  private final String application;
  private final RequestHandler handler;

  RequestRegistration(BundleContext context, String application, RequestHandler handler) {
    super(context, RequestHandlerRegistry.class, null);
    this.application = application;
    this.handler = handler;
  }

  @Override
  public RequestHandlerRegistry addingService(ServiceReference<RequestHandlerRegistry> reference) {
    RequestHandlerRegistry registry = super.addingService(reference);
    try {
      registry.registerRequestHandler(application, handler);
    } catch (KuraException refused) {
      logger.warn("request_handler_refused application={}", application, refused);
    }
    return registry;
  }

  @Override
  public void removedService(
      ServiceReference<RequestHandlerRegistry> reference, RequestHandlerRegistry registry) {
    try {
      registry.unregister(application);
    } catch (KuraException gone) {
      logger.debug("request_handler_gone application={}", application, gone);
    }
    super.removedService(reference, registry);
  }
}
