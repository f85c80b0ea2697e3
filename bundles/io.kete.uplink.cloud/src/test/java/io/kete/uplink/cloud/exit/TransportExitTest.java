// SPDX-License-Identifier: EPL-2.0
package io.kete.uplink.cloud.exit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kete.kapua.codec.KuraPayloadDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.data.DataTransportToken;
import org.eclipse.kura.message.KuraPayload;
import org.junit.jupiter.api.Test;

class TransportExitTest {

  private final FakeTransport transport = new FakeTransport();
  private final TransportExit exit = new TransportExit(transport, "PUMP/$assetName/$none", 200);
  private final List<Object> heard = new ArrayList<>();

  private static KuraMessage message(Object value) {
    KuraPayload payload = new KuraPayload();
    payload.addMetric("flow", value);
    return new KuraMessage(payload, Map.of("assetName", "a+1/#", "stream", "telemetry"));
  }

  private void open() {
    exit.open(
        new Exit.Events() {
          @Override
          public void confirmed(Object id) {
            heard.add(id);
          }

          @Override
          public void linkUp() {
            heard.add("up");
          }

          @Override
          public void linkLost() {
            heard.add("lost");
          }
        });
  }

  @Test
  void publishesWhatAPublisherWouldOnQosOne() throws KuraException {
    Letter letter = exit.letter(message(4.5));
    Object id = exit.send(letter);

    assertThat(transport.topics).containsExactly("#account-name/#client-id/PUMP/a_1/_/$none:1");
    byte[] sent = transport.payloads.get(0);
    assertThat(new KuraPayloadDecoder().decode(sent).getMetric("flow")).isEqualTo(4.5);
    assertThat(letter.bytes()).isGreaterThanOrEqualTo(sent.length);
    assertThat(id).isEqualTo(new DataTransportToken(1, "s"));
  }

  @Test
  void compressesWhatIsLarge() throws KuraException {
    exit.send(exit.letter(message("x".repeat(1_000))));
    byte[] sent = transport.payloads.get(0);
    assertThat(sent).hasSizeLessThan(200).startsWith(0x1f, 0x8b);
    assertThat(new KuraPayloadDecoder().decode(sent).getMetric("flow"))
        .isEqualTo("x".repeat(1_000));
  }

  @Test
  void saysThatAMessageCanNeverBeEncoded() {
    assertThatThrownBy(() -> exit.letter(message(new Object())))
        .isInstanceOfSatisfying(
            KuraException.class,
            e -> assertThat(e.getCode()).isEqualTo(KuraErrorCode.ENCODE_ERROR));
  }

  @Test
  void tellsConfirmationsAndTheLink() {
    open();
    transport.listener().onMessageConfirmed(new DataTransportToken(7, "s"));
    transport.listener().onConnectionLost(new IllegalStateException("gone"));
    transport.listener().onDisconnected();
    transport.listener().onConnectionEstablished(true);
    assertThat(heard).containsExactly(new DataTransportToken(7, "s"), "lost", "lost", "up");

    exit.close();
    assertThat(transport.listeners).isEmpty();
  }
}
