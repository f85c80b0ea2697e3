// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.scenario;

import io.kete.demo.link.Broker;
import io.kete.kapua.codec.KuraPayloadDecoder;
import java.util.BitSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** A broker and one who notes which numbers of a stream arrive; it keeps no values. */
final class Traffic implements AutoCloseable {

  private final Broker broker;
  private final MqttClient client;
  private final BitSet seqs = new BitSet();
  private final Set<Long> incarnations = new TreeSet<>();
  private long twice;
  private long dropped;

  Traffic(String stream) throws Exception {
    broker = new Broker(0);
    client = new MqttClient("tcp://127.0.0.1:" + broker.port(), "traffic", new MemoryPersistence());
    client.connect();
    client.subscribe(
        Plan.ACCOUNT + "/" + Plan.GATEWAY + "/" + stream + "/#",
        1,
        (topic, message) -> came(message.getPayload()));
  }

  int port() {
    return broker.port();
  }

  private synchronized void came(byte[] bytes) {
    KuraPayload payload = new KuraPayloadDecoder().decode(bytes);
    Map<String, Object> metrics = payload.metrics();
    if (metrics.get("kete.seq") instanceof Long seq
        && metrics.get("kete.incarnation") instanceof Long incarnation) {
      incarnations.add(incarnation);
      if ("sample/1".equals(metrics.get("kete.record"))) {
        twice += seqs.get(seq.intValue()) ? 1 : 0;
        seqs.set(seq.intValue());
      } else if ("dropped/1".equals(metrics.get("kete.record"))) {
        dropped++;
      }
    }
  }

  /** How many of the numbers from 1 to the last one have not arrived. */
  synchronized long missing(long last) {
    return last - seqs.get(1, (int) last + 1).cardinality();
  }

  synchronized long twice() {
    return twice;
  }

  /** Other ways in which something may have been lost: a new store, ranges given up. */
  synchronized long faults() {
    return dropped + Math.max(0, incarnations.size() - 1);
  }

  @Override
  public void close() throws MqttException {
    client.disconnectForcibly(100, 100);
    client.close();
    broker.close();
  }
}
