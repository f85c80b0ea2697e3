// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SnapshotReaderTest {
  private static final int INPUTS = Integer.getInteger("kete.fuzz.inputs", 100_000);

  private static final String SMALL =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <esf:configurations xmlns:esf="http://eurotech.com/esf/2.0" xmlns:ocd="http://www.osgi.org/xmlns/metatype/v1.2.0">
        <esf:configuration pid="pump">
          <ocd:OCD id="x"><ocd:AD id="period" type="Integer"/></ocd:OCD>
          <esf:properties>
            <esf:property name="period" type="Integer" array="false" encrypted="false">
              <esf:value>100</esf:value>
            </esf:property>
            <esf:property name="names" type="String" array="true" encrypted="false">
              <esf:value>a&lt;b</esf:value><esf:value><![CDATA[c&d]]></esf:value>
            </esf:property>
          </esf:properties>
        </esf:configuration>
      </esf:configurations>
      """;

  private static Snapshot read(String document) throws DocumentException {
    return SnapshotReader.read("test.xml", document.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsPropertiesWithTheirLines() throws Exception {
    StoredComponent pump = read(SMALL).components().get(0);

    assertThat(pump.pid()).isEqualTo("pump");
    assertThat(pump.line()).isEqualTo(3);
    assertThat(pump.properties())
        .containsExactly(
            new StoredProperty("period", "Integer", false, false, List.of("100"), 6),
            new StoredProperty("names", "String", true, false, List.of("a<b", "c&d"), 9));
  }

  @Test
  void readsMixedPrefixesAndIgnoresStrayAttributes() throws Exception {
    Snapshot snapshot =
        read(
            """
            <configurations xmlns="http://eurotech.com/esf/2.0">
              <n1:configuration xmlns:n1="http://eurotech.com/esf/2.0" pid="p" any="">
                <ns0:OCD xmlns:ns0="http://www.osgi.org/xmlns/metatype/v1.2.0" Icon=""><x/></ns0:OCD>
                <properties any="">
                  <n1:property name="k" type="Long" Option=""><value>7</value></n1:property>
                </properties>
              </n1:configuration>
            </configurations>
            """);

    assertThat(snapshot.components().get(0).properties())
        .containsExactly(new StoredProperty("k", "Long", false, false, List.of("7"), 5));
  }

  @Test
  void givesTheFactoryOfAnInstance() throws Exception {
    Snapshot snapshot =
        read(
            """
            <esf:configurations xmlns:esf="http://eurotech.com/esf/2.0"><esf:configuration pid="a"><esf:properties>
            <esf:property name="service.factoryPid" type="String"><esf:value>f</esf:value></esf:property>
            </esf:properties></esf:configuration><esf:configuration pid="b"/></esf:configurations>
            """);

    assertThat(snapshot.components().get(0).factoryPid()).contains("f");
    assertThat(snapshot.components().get(1).factoryPid()).isEmpty();
  }

  @Test
  void readsPastAMarkOfAnEditorAndRefusesOtherEncodings() throws Exception {
    assertThat(read("\uFEFF" + SMALL).components()).hasSize(read(SMALL).components().size());
    byte[] latin = SMALL.replace("pump", "pümp").getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> SnapshotReader.read("test.xml", latin))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("not in UTF-8");
  }

  @Test
  void namesFileAndLineOfBrokenXml() {
    String broken = SMALL.replace("</esf:properties>", "</esf:propertiez>");

    assertThatThrownBy(() -> read(broken))
        .isInstanceOf(DocumentException.class)
        .hasMessageStartingWith("test.xml:12: ")
        .hasMessageContaining("esf:properties");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE c [<!ENTITY x \"y\">]><esf:configurations xmlns:esf=\"http://eurotech.com/esf/2.0\"/>",
        "<!DOCTYPE c SYSTEM \"file:///etc/passwd\"><esf:configurations xmlns:esf=\"http://eurotech.com/esf/2.0\"/>",
        "<esf:configurations xmlns:esf=\"http://eurotech.com/esf/2.0\">&x;</esf:configurations>",
        "<configurations/>",
        "<esf:snapshots xmlns:esf=\"http://eurotech.com/esf/2.0\"/>",
        "<esf:configurations xmlns:esf=\"http://eurotech.com/esf/2.0\"><esf:configuration/></esf:configurations>",
        "<esf:configurations xmlns:esf=\"http://eurotech.com/esf/2.0\">",
        "",
        "not xml"
      })
  void refuses(String document) {
    assertThatThrownBy(() -> read(document)).isInstanceOf(DocumentException.class);
  }

  @Test
  void refusesTheSamePidTwice() {
    String one = "<esf:configuration pid=\"p\"/>";
    String document =
        "<esf:configurations xmlns:esf=\"http://eurotech.com/esf/2.0\">\n"
            + one
            + "\n"
            + one
            + "</esf:configurations>";

    assertThatThrownBy(() -> read(document)).hasMessageContaining("test.xml:3: pid p stands twice");
  }

  @Test
  void refusesDeepNesting() {
    String deep =
        "<esf:configurations xmlns:esf=\"http://eurotech.com/esf/2.0\">"
            + "<a>".repeat(200)
            + "</a>".repeat(200)
            + "</esf:configurations>";

    assertThatThrownBy(() -> read(deep)).hasMessageContaining("deeper");
  }

  @Test
  void refusesHugeDocuments() {
    byte[] huge = new byte[XmlInput.MAX_BYTES + 1];

    assertThatThrownBy(() -> SnapshotReader.read("big", huge)).hasMessageContaining("larger than");
  }

  @Test
  void refusesTooManyComponents() {
    StringBuilder many =
        new StringBuilder("<esf:configurations xmlns:esf=\"http://eurotech.com/esf/2.0\">");
    for (int i = 0; i <= SnapshotReader.MAX_COMPONENTS; i++) {
      many.append("<esf:configuration pid=\"p").append(i).append("\"/>");
    }
    many.append("</esf:configurations>");

    assertThatThrownBy(() -> read(many.toString())).hasMessageContaining("more than");
  }

  /** Bytes are changed, cut out, doubled: whatever comes is read or refused, and quickly. */
  @Test
  void survivesMutatedDocuments() {
    byte[] seed = SMALL.getBytes(StandardCharsets.UTF_8);
    Random random = new Random(20_26);
    int refused = 0;
    for (int round = 0; round < INPUTS; round++) {
      byte[] mutant = mutated(seed, random);
      try {
        assertThat(SnapshotReader.read("fuzz", mutant).components().size()).isLessThan(10);
      } catch (DocumentException expected) {
        assertThat(expected.line()).isPositive();
        refused++;
      }
    }
    assertThat(refused).isBetween(INPUTS / 2, INPUTS - 1);
  }

  private static byte[] mutated(byte[] seed, Random random) {
    byte[] mutant = seed.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(mutant.length);
      switch (random.nextInt(3)) {
        case 0 -> mutant[at] = (byte) random.nextInt();
        case 1 -> mutant[at] = (byte) "<>&;\"'/!?[]:= \n0a".charAt(random.nextInt(17));
        default -> {
          int length = Math.min(random.nextInt(40), mutant.length - at);
          System.arraycopy(seed, random.nextInt(seed.length - length), mutant, at, length);
        }
      }
    }
    return mutant;
  }
}
