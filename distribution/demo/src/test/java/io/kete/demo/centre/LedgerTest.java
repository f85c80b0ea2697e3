// SPDX-License-Identifier: EPL-2.0
package io.kete.demo.centre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.security.KeyPair;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerTest {

  private static final Map<String, Object> STREAM =
      Map.of("accepted", 5L, "delivered", 2L, "buffered", 2L, "dropped.max-age", 1L);
  private static final Map<String, Object> ROUTE =
      Map.of(
          "captured",
          9L,
          "accepted",
          5L,
          "filtered",
          1L,
          "absorbed",
          1L,
          "inRoute",
          1L,
          "failed.stream",
          1L,
          "missed.overrun",
          7L,
          "removedReadings.range",
          3L);

  private final FakeGateway gateway = new FakeGateway();
  private Reception reception;

  @BeforeEach
  void open() throws Exception {
    KeyPair centre = FakeGateway.centre();
    reception = new Reception(centre.getPrivate(), Set.of(), Pattern.compile("(?!)"));
    reception.accept(gateway.sample(1, 100, Map.of("serial", 1L), 0));
    reception.accept(gateway.sample(2, 150, Map.of("serial", 2L), 0));
  }

  @Test
  void readsTheAccountsOfStreamAndRoutes() throws Exception {
    reception.accept(gateway.ledger("stream", "telemetry", STREAM));
    reception.accept(gateway.ledger("route", "pump", ROUTE));

    assertThat(reception.faults()).isEmpty();
    assertThat(reception.ledgers())
        .extracting(Ledger::whose, Ledger::name, ledger -> ledger.entries().get("accepted"))
        .containsExactly(tuple("route", "pump", 5L), tuple("stream", "telemetry", 5L));
    assertThat(reception.samples()).as("an account is no sample").hasSize(2);
  }

  @Test
  void keepsTheLastAccount() throws Exception {
    reception.accept(gateway.ledger("stream", "telemetry", STREAM));
    reception.accept(
        gateway.ledger("stream", "telemetry", with(STREAM, "accepted", 6L, "buffered", 3L)));
    assertThat(reception.ledgers())
        .singleElement()
        .satisfies(ledger -> assertThat(ledger.entries()).containsEntry("accepted", 6L));
  }

  @Test
  void noticesThatMoreWasDeliveredThanCame() throws Exception {
    reception.accept(
        gateway.ledger("stream", "telemetry", with(STREAM, "delivered", 3L, "buffered", 1L)));
    assertThat(reception.faults())
        .containsExactly("the gateway has 3 samples as delivered, here are 2");
  }

  @Test
  void refusesAnAccountThatIsNotAsItShouldBe() throws Exception {
    refused("stream", "telemetry", with(STREAM, "accepted", 6L), "not even");
    refused("route", "pump", with(ROUTE, "captured", 8L), "not even");
    refused("stream", "telemetry", with(STREAM, "buffered", -2L), "negative");
    refused("stream", "telemetry", with(STREAM, "buffered", "2"), "of another type");
    refused("stream", "telemetry", Map.of("accepted", 0L), "lacks delivered");
    refused("stream", "events", STREAM, "another stream");
    refused("asset", "pump", STREAM, "unknown kind");
  }

  private void refused(String whose, String name, Map<String, Object> entries, String why)
      throws Exception {
    open();
    reception.accept(gateway.ledger(whose, name, entries));
    assertThat(reception.faults()).singleElement().asString().contains(why);
    assertThat(reception.ledgers()).isEmpty();
  }

  @Test
  void refusesANumberInAnAccount() throws Exception {
    Map<String, Object> metrics = new TreeMap<>();
    metrics.put("kete.record", "ledger/1");
    metrics.put("kete.stream", "telemetry");
    metrics.put("kete.ledger", "stream");
    metrics.put("kete.ledger.name", "telemetry");
    STREAM.forEach((entry, value) -> metrics.put("kete.ledger." + entry, value));
    metrics.put("kete.seq", 1L);
    reception.accept(FakeGateway.payload(1, metrics, new byte[0]));
    assertThat(reception.faults()).singleElement().asString().contains("kete.seq");
  }

  @Test
  void survivesAnyBytes() throws Exception {
    byte[] whole = gateway.ledger("route", "pump", ROUTE);
    Random random = new Random(44);
    for (int i = 0; i < 2_000; i++) {
      byte[] mutated = whole.clone();
      for (int change = 0; change <= i % 5; change++) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
      }
      reception.accept(mutated);
    }
    assertThat(reception.samples()).hasSize(2);
  }

  private static Map<String, Object> with(Map<String, Object> entries, Object... changes) {
    Map<String, Object> changed = new TreeMap<>(entries);
    for (int i = 0; i < changes.length; i += 2) {
      changed.put((String) changes[i], changes[i + 1]);
    }
    return changed;
  }
}
