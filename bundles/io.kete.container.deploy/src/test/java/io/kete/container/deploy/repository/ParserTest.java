// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kete.container.deploy.pack.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.VersionRange;

/** Sums, indexes and orders, as they are and as nobody should send them. */
class ParserTest {

  private static final int ROUNDS = 8_000;
  private static final long LIMIT = 1 << 20;
  private static final String BEGIN =
      "<repository xmlns='http://www.osgi.org/xmlns/repository/v1.0.0' increment='3'>";
  private static final String INDEX =
      BEGIN
          + Shelf.resource("one", "packages/one_1.0.0.dp", new byte[3])
          + "<resource><capability namespace='osgi.identity'>"
          + "<attribute name='osgi.identity' value='a.bundle'/>"
          + "<attribute name='type' value='osgi.bundle'/></capability>"
          + "<requirement namespace='x'><directive name='filter' value='(a=b)'/></requirement>"
          + "</resource></repository>";
  private static final String SUMS =
      "# kete-repository/1 name=kete increment=17\n" + "a".repeat(64) + "  packages/one.dp\n";

  private static IndexReader.Index index(String xml) throws RefusedException, IOException {
    return IndexReader.read(new ByteArrayInputStream(Shelf.gzip(xml)), LIMIT);
  }

  @Test
  void readsThePackagesOfAnIndexAndPassesOverTheRest() throws Exception {
    IndexReader.Index index = index(INDEX);
    assertThat(index.increment()).isEqualTo(3);
    assertThat(index.packages()).hasSize(1);
    Part one = index.packages().get(0);
    assertThat(one.name()).isEqualTo("one");
    assertThat(one.version()).hasToString("1.0.0");
    assertThat(one.path()).isEqualTo("packages/one_1.0.0.dp");
    assertThat(one.size()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<other/>",
        "<repository increment='1'/>",
        "<!DOCTYPE repository [<!ENTITY a 'b'>]><repository increment='1'/>",
        "<!DOCTYPE repository SYSTEM 'file:///etc/passwd'><repository increment='1'/>",
        "<repository xmlns='http://www.osgi.org/xmlns/repository/v1.0.0' increment='x'/>",
        "<repository xmlns='http://www.osgi.org/xmlns/repository/v1.0.0' increment='1'><a>"
            + "<b><c><d><e><f/></e></d></c></b></a></repository>",
      })
  void refusesWhatIsNoIndex(String xml) {
    assertThatThrownBy(() -> index(xml)).isInstanceOf(RefusedException.class);
  }

  @Test
  void refusesAnIndexWithTooManyResourcesOrClauses() {
    assertThatThrownBy(() -> index(BEGIN + "<resource/>".repeat(9000) + "</repository>"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("8192");
    assertThatThrownBy(
            () ->
                index(
                    BEGIN
                        + "<resource>"
                        + "<capability namespace='a'/>".repeat(5000)
                        + "</resource></repository>"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("4096");
  }

  @Test
  void changedIndexesAreReadOrRefused() throws Exception {
    Random random = new Random(42);
    byte[] good = INDEX.getBytes(StandardCharsets.UTF_8);
    int read = 0;
    for (int i = 0; i < ROUNDS / 4; i++) {
      byte[] changed = changed(good, random);
      try {
        index(new String(changed, StandardCharsets.ISO_8859_1));
        read++;
      } catch (RefusedException refused) {
        assertThat(refused.reason()).isNotEmpty();
      }
    }
    assertThat(read).isPositive().isLessThan(ROUNDS / 4);
    byte[] packed = Shelf.gzip(INDEX);
    for (int i = 0; i < ROUNDS / 4; i++) {
      try {
        IndexReader.read(new ByteArrayInputStream(changed(packed, random)), LIMIT);
      } catch (RefusedException refused) {
        assertThat(refused.reason()).isNotEmpty();
      }
    }
  }

  private static byte[] changed(byte[] good, Random random) {
    byte[] bytes = good.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return random.nextInt(8) == 0
        ? java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length))
        : bytes;
  }

  @Test
  void readsSums() throws Exception {
    SumList sums = SumList.parse(SUMS.getBytes(StandardCharsets.UTF_8));
    assertThat(sums.name()).isEqualTo("kete");
    assertThat(sums.increment()).isEqualTo(17);
    assertThat(sums.files()).containsEntry("packages/one.dp", "a".repeat(64));
  }

  @Test
  void changedSumsAreReadOrRefused() {
    Random random = new Random(42);
    int read = 0;
    for (int i = 0; i < ROUNDS; i++) {
      try {
        SumList sums = SumList.parse(changed(SUMS.getBytes(StandardCharsets.UTF_8), random));
        assertThat(sums.files().keySet()).allMatch(SumList::isPath);
        read++;
      } catch (RefusedException refused) {
        assertThat(refused.reason()).isNotEmpty();
      }
    }
    assertThat(read).isPositive().isLessThan(ROUNDS);
  }

  @Test
  void refusesTooManySumsAndAFileTwice() {
    String line = "a".repeat(64) + "  f\n";
    assertThatThrownBy(() -> SumList.parse((SUMS + line + line).getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("twice");
    assertThatThrownBy(
            () -> SumList.parse((SUMS + line.repeat(9000)).getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("8192");
  }

  @Test
  void readsOrders() throws Exception {
    Order order =
        Order.parse(
            "what=install\npackages=kete-core kete-route@1.1.0 x@[1,2)\nrepository=http://a/\n");
    assertThat(order.what()).isEqualTo(Order.What.INSTALL);
    assertThat(order.packages())
        .containsEntry("kete-core", Optional.empty())
        .containsEntry("kete-route", Optional.of(new VersionRange("[1.1.0,1.1.0]")))
        .containsEntry("x", Optional.of(new VersionRange("[1,2)")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "what=remove",
        "what=install",
        "what=update\npackages=one",
        "what=install\npackages=one)(a=*",
        "what=install\npackages=one@x",
        "what=install\npackages=one@[2,1",
        "what=install\npackages=\\u00zz",
      })
  void refusesWhatIsNoOrder(String text) {
    assertThatThrownBy(() -> Order.parse(text)).isInstanceOf(RefusedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "ftp://a/", "http:", "http://a/?x=1", "jar:file:/a!/", "https://a/#b", "a b"})
  void refusesWhatIsNoAddress(String text) {
    assertThatThrownBy(() -> Web.address(text)).isInstanceOf(RefusedException.class);
  }
}
