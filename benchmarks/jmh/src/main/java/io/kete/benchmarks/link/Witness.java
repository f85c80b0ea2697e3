// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.link;

import io.kete.data.api.RecordMetrics;
import io.kete.kapua.codec.KuraPayloadDecoder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.paho.client.mqttv3.IMqttMessageListener;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Sits behind the broker and keeps account of every record that arrives. */
final class Witness implements IMqttMessageListener, AutoCloseable {

  private final MqttAsyncClient client;
  private final KuraPayloadDecoder decoder = new KuraPayloadDecoder();
  private final BitSet seen = new BitSet();
  private final List<Long> liveMillis = new ArrayList<>();
  private long arrived;
  private long replayed;
  private long duplicates;
  private long lastLive;
  private long lastReplay;
  private long disorders;
  private long ledgers;
  private long ledgerGaps;
  private boolean isTiming;

  Witness(int brokerPort) throws MqttException {
    client =
        new MqttAsyncClient("tcp://127.0.0.1:" + brokerPort, "witness", new MemoryPersistence());
    MqttConnectOptions options = new MqttConnectOptions();
    options.setMaxInflight(60_000);
    client.connect(options).waitForCompletion();
    client.subscribe("acme/+/PUMP/#", 1, null, null, this).waitForCompletion();
  }

  @Override
  public void messageArrived(String topic, MqttMessage message) {
    long now = System.currentTimeMillis();
    KuraPayload payload = decoder.decode(message.getPayload());
    Object kind = payload.getMetric(RecordMetrics.RECORD);
    synchronized (this) {
      if (RecordMetrics.KIND_SAMPLE.equals(kind)) {
        sample(payload, now);
      } else if (RecordMetrics.KIND_LEDGER.equals(kind)) {
        ledger(payload);
      }
    }
  }

  private void sample(KuraPayload payload, long now) {
    arrived++;
    if (!(payload.getMetric(RecordMetrics.SEQ) instanceof Long number)) {
      throw new IllegalStateException("a sample record without a sequence number");
    }
    int seq = Math.toIntExact(number);
    boolean isReplay = payload.getMetric(RecordMetrics.REPLAY) != null;
    if (seen.get(seq)) {
      duplicates++;
      return;
    }
    seen.set(seq);
    Date captured = payload.getTimestamp();
    if (isReplay) {
      replayed++;
      disorders += seq < lastReplay ? 1 : 0;
      lastReplay = seq;
    } else {
      disorders += seq < lastLive ? 1 : 0;
      lastLive = seq;
      if (isTiming && captured != null) {
        liveMillis.add(now - captured.getTime());
      }
    }
  }

  /** What the gateway calls delivered must have arrived. */
  private void ledger(KuraPayload payload) {
    ledgers++;
    if (payload.getMetric(RecordMetrics.LEDGER_DELIVERED) instanceof Long delivered
        && delivered > seen.cardinality()) {
      ledgerGaps++;
    }
  }

  synchronized void timing(boolean state) {
    isTiming = state;
  }

  /** Records that arrived so far, with those that came twice. */
  synchronized long arrived() {
    return arrived;
  }

  synchronized long replayed() {
    return replayed;
  }

  /** Samples that arrived at least once. */
  synchronized int distinct() {
    return seen.cardinality();
  }

  synchronized long missing(long accepted) {
    return accepted - seen.get(1, Math.toIntExact(accepted + 1)).cardinality();
  }

  synchronized long duplicates() {
    return duplicates;
  }

  /** Records that arrived for the first time after a later one of their lane. */
  synchronized long disorders() {
    return disorders;
  }

  synchronized long ledgers() {
    return ledgers;
  }

  synchronized long ledgerGaps() {
    return ledgerGaps;
  }

  /** How long live samples took, shortest first. */
  synchronized List<Long> liveMillis() {
    List<Long> sorted = new ArrayList<>(liveMillis);
    Collections.sort(sorted);
    return sorted;
  }

  @Override
  public void close() throws MqttException {
    client.disconnectForcibly(0, 100);
    client.close();
  }
}
