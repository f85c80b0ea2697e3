// SPDX-License-Identifier: EPL-2.0
package io.kete.camel.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Hashtable;
import java.util.concurrent.Callable;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.RoutesLoader;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * Owns one Camel context and offers it to the test as functions over JDK types: {@code load} and
 * {@code update} take a route text and give the failure or an empty text, {@code remove} takes a
 * route id, {@code status} gives it back, {@code send} takes an end point and a body and gives the
 * reply, {@code receive} waits for one message at an end point.
 */
public final class Probe implements BundleActivator {
  private static final long RECEIVE_MILLIS = 5_000;
  private final ClassLoader camel = CamelContext.class.getClassLoader();
  private final DefaultCamelContext context = new DefaultCamelContext(false);

  @Override
  public void start(BundleContext bundle) {
    inCamel(
        () -> {
          context.setApplicationContextClassLoader(camel);
          context.addComponent("echo", new EchoComponent());
          context.getRegistry().bind("join", (AggregationStrategy) Probe::join);
          context.build();
          context.start();
          return "";
        });
    offer(bundle, "version", ignored -> context.getVersion());
    offer(bundle, "status", id -> String.valueOf(context.getRouteController().getRouteStatus(id)));
    offer(bundle, "modelled", id -> String.valueOf(context.getRouteDefinition(id) != null));
    offer(bundle, "remove", this::remove);
    offer(bundle, "load", text -> failureOf(loader -> loader.loadRoutes(yaml(text))));
    offer(bundle, "update", text -> failureOf(loader -> loader.updateRoutes(yaml(text))));
    offer(bundle, "receive", this::receive);
    BinaryOperator<Object> send = this::send;
    bundle.registerService(BinaryOperator.class, send, null);
  }

  @Override
  public void stop(BundleContext bundle) throws IOException {
    context.close();
  }

  private static Exchange join(@Nullable Exchange before, Exchange next) {
    if (before == null) {
      return next;
    }
    String text = before.getMessage().getBody(String.class);
    before.getMessage().setBody(text + "+" + next.getMessage().getBody(String.class));
    return before;
  }

  private static Resource yaml(String text) {
    return ResourceHelper.fromString("probe.yaml", text);
  }

  private String failureOf(Loading loading) {
    try {
      return inCamel(
          () -> {
            loading.with(PluginHelper.getRoutesLoader(context));
            return "";
          });
    } catch (IllegalStateException failed) {
      return String.valueOf(failed.getCause());
    }
  }

  private String remove(String id) {
    return inCamel(
        () -> {
          ModelCamelContext model = context;
          context.getRouteController().stopRoute(id);
          boolean removed = context.removeRoute(id);
          if (model.getRouteDefinition(id) != null) {
            model.removeRouteDefinition(model.getRouteDefinition(id));
          }
          return String.valueOf(removed);
        });
  }

  private Object send(Object uri, Object body) {
    try (var producer = context.createProducerTemplate()) {
      return producer.requestBody((String) uri, body);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private String receive(String uri) {
    try (var consumer = context.createConsumerTemplate()) {
      return String.valueOf(consumer.receiveBody(uri, RECEIVE_MILLIS));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /**
   * Camel asks the loader of the thread first; were that another Camel's, its types would not fit.
   */
  private String inCamel(Callable<String> work) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(camel);
    try {
      return work.call();
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @SuppressWarnings("JdkObsolete") // the framework takes a Dictionary
  private static void offer(BundleContext bundle, String name, UnaryOperator<String> function) {
    var properties = new Hashtable<String, Object>();
    properties.put("name", name);
    bundle.registerService(UnaryOperator.class, function, properties);
  }

  private interface Loading {
    void with(RoutesLoader loader) throws Exception;
  }
}
