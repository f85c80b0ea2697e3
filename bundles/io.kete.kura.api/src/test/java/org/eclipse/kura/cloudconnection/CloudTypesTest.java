// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.cloudconnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.factory.CloudConnectionFactory;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudNotificationPublisher;
import org.eclipse.kura.cloudconnection.request.RequestHandler;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContext;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContextConstants;
import org.eclipse.kura.cloudconnection.request.RequestHandlerMessageConstants;
import org.eclipse.kura.message.KuraPayload;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CloudTypesTest {
  private final KuraMessage message = new KuraMessage(new KuraPayload());
  private final RequestHandlerContext context =
      new RequestHandlerContext(new Silent(), Map.of("TENANT_ID", "acme"));

  @Test
  void namesOnTheWireAreKuras() {
    assertThat(CloudConnectionConstants.CLOUD_ENDPOINT_SERVICE_PID_PROP_NAME.value())
        .isEqualTo("cloud.endpoint.service.pid");
    assertThat(CloudConnectionConstants.CLOUD_CONNECTION_FACTORY_PID_PROP_NAME.value())
        .isEqualTo("cloud.connection.factory.pid");
    assertThat(CloudConnectionFactory.KURA_CLOUD_CONNECTION_FACTORY_PID)
        .isEqualTo("kura.cloud.connection.factory.pid");
    assertThat(RequestHandlerMessageConstants.ARGS_KEY.value()).isEqualTo("args");
    assertThat(RequestHandlerContextConstants.values())
        .extracting(Enum::name)
        .containsExactly("TENANT_ID", "DEVICE_ID", "NOTIFICATION_PUBLISHER_PID");
  }

  @Test
  void messageCopiesItsPropertiesAndLetsThemBeChanged() {
    Map<String, Object> properties = new HashMap<>(Map.of("a", 1));
    KuraMessage sent = new KuraMessage(message.getPayload(), properties);
    properties.clear();
    sent.getProperties().put("b", 2);
    assertThat(sent.getProperties()).containsOnlyKeys("a", "b");
    assertThat(sent.getPayload()).isSameAs(message.getPayload());
    assertThat(message.getProperties()).isEmpty();
  }

  @Test
  void contextCannotBeChanged() {
    assertThat(context.getContextProperties()).containsExactly(Map.entry("TENANT_ID", "acme"));
    assertThat(context.getNotificationPublisher()).isInstanceOf(Silent.class);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> context.getContextProperties().clear());
  }

  @Test
  void handlerRefusesVerbsItDoesNotKnow() {
    RequestHandler handler = new RequestHandler() {};
    assertRefused(() -> handler.doGet(context, message), "get");
    assertRefused(() -> handler.doPut(context, message), "put");
    assertRefused(() -> handler.doPost(context, message), "post");
    assertRefused(() -> handler.doDel(context, message), "delete");
    assertRefused(() -> handler.doExec(context, message), "exec");
  }

  private static void assertRefused(ThrowingCallable call, String verb) {
    assertThatExceptionOfType(KuraException.class)
        .isThrownBy(call)
        .withMessageEndingWith(verb)
        .extracting(KuraException::getCode)
        .isEqualTo(KuraErrorCode.OPERATION_NOT_SUPPORTED);
  }

  private static final class Silent implements CloudNotificationPublisher {
    @Override
    public @Nullable String publish(KuraMessage message) {
      return null;
    }

    @Override
    public void registerCloudConnectionListener(CloudConnectionListener listener) {}

    @Override
    public void unregisterCloudConnectionListener(CloudConnectionListener listener) {}

    @Override
    public void registerCloudDeliveryListener(CloudDeliveryListener listener) {}

    @Override
    public void unregisterCloudDeliveryListener(CloudDeliveryListener listener) {}
  }
}
