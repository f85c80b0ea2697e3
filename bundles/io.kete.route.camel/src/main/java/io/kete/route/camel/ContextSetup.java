// SPDX-License-Identifier: EPL-2.0
package io.kete.route.camel;

import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.LoggingLevel;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RedeliveryPolicyDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.apache.camel.spi.ShutdownStrategy;

/**
 * Leaves out of Camel what a gateway does not use: it costs start time, or time for each sample, or
 * writes bodies into the log.
 */
final class ContextSetup {
  private static final long STOP_SECONDS = 5;

  private ContextSetup() {}

  static void apply(DefaultCamelContext context) {
    context.setApplicationContextClassLoader(CamelContext.class.getClassLoader());
    context.disableJMX();
    context.getCamelContextExtension().setName("kete");
    context.setStartupSummaryLevel(StartupSummaryLevel.Off);
    context.setLoadTypeConverters(false);
    context.setTypeConverterStatisticsEnabled(false);
    context.setMessageHistory(false);
    context.setStreamCaching(false);
    context.setAllowUseOriginalMessage(false);
    context.setUseBreadcrumb(false);
    context.setUseMDCLogging(false);
    context.setAutowiredEnabled(false);
    context.setDumpRoutes("false");
    context.getCamelContextExtension().setErrorHandlerFactory(quietErrorHandler());
    context.getCamelContextExtension().addLogListener(new ValueMask());
    ShutdownStrategy shutdown = context.getShutdownStrategy();
    shutdown.setTimeout(STOP_SECONDS);
    shutdown.setTimeUnit(TimeUnit.SECONDS);
    shutdown.setShutdownNowOnTimeout(true);
    shutdown.setSuppressLoggingOnTimeout(true);
    shutdown.setLogInflightExchangesOnTimeout(false);
    shutdown.setLoggingLevel(LoggingLevel.DEBUG);
  }

  /**
   * Nothing is sent again and nothing is logged by Camel: the route's ledger counts the failure and
   * logs it, without the body.
   */
  private static DefaultErrorHandlerDefinition quietErrorHandler() {
    RedeliveryPolicyDefinition policy =
        new RedeliveryPolicyDefinition()
            .maximumRedeliveries(0)
            .logExhausted(false)
            .logExhaustedMessageHistory(false)
            .logExhaustedMessageBody(false)
            .logHandled(false)
            .logContinued(false)
            .logRetryAttempted(false);
    DefaultErrorHandlerDefinition handler = new DefaultErrorHandlerDefinition();
    handler.setRedeliveryPolicy(policy);
    return handler;
  }
}
