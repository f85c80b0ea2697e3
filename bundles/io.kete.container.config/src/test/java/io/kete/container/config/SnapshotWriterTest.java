// SPDX-License-Identifier: EPL-2.0
package io.kete.container.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.kete.container.config.SnapshotWriter.Part;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.configuration.metatype.Scalar;
import org.junit.jupiter.api.Test;

final class SnapshotWriterTest {

  private static byte[] write(Map<String, Object> values) {
    return SnapshotWriter.write(
        List.of(new Part(SnapshotWriter.stored("pump", "io.example.Pump", values), null)));
  }

  private static Map<String, Object> readBack(byte[] document) throws DocumentException {
    Snapshot snapshot = SnapshotReader.read("back", document);
    return PropertyCheck.typed(snapshot.components().get(0)).values();
  }

  @Test
  void everyTypeSurvivesTheRoundTrip() throws Exception {
    Map<String, Object> values =
        Map.of(
            "s",
            "a <b> & \"c\"\nline two\ttab ü€\uD83D\uDE00",
            "l",
            Long.MIN_VALUE,
            "d",
            1.5e-300,
            "f",
            0.1f,
            "i",
            -7,
            "y",
            (byte) -1,
            "c",
            '<',
            "b",
            true,
            "h",
            (short) 9,
            "list",
            new Integer[] {3, 1, 2});

    Map<String, Object> back = readBack(write(values));

    assertThat(back).containsAllEntriesOf(values);
    assertThat(back)
        .containsEntry("kura.service.pid", "pump")
        .containsEntry("service.factoryPid", "io.example.Pump");
  }

  @Test
  void carriageReturnsSurvive() throws Exception {
    assertThat(readBack(write(Map.of("s", "a\r\nb\rc")))).containsEntry("s", "a\r\nb\rc");
  }

  @Test
  void emptyArraysAndEmptyTextsAreTold() throws Exception {
    Map<String, Object> back = readBack(write(Map.of("none", new String[0], "empty", "")));

    assertThat((String[]) back.get("none")).isEmpty();
    assertThat(back).containsEntry("empty", "");
  }

  @Test
  void passwordsAreInBase64() throws Exception {
    byte[] document = write(Map.of("password", new Password("sesam öffne")));

    assertThat(new String(document, StandardCharsets.UTF_8))
        .contains("encrypted=\"true\"")
        .doesNotContain("sesam");
    assertThat(readBack(document).get("password")).hasToString("sesam öffne");
  }

  @Test
  void charactersXmlCannotHoldDoNotMakeItUnreadable() throws Exception {
    assertThat(readBack(write(Map.of("s", "a\u0000b\uD800c")))).containsEntry("s", "a?b?c");
  }

  @Test
  void definitionsAreWrittenWithThePrefixesKuraWants() throws Exception {
    Metatype.Attribute period =
        new Metatype.Attribute(
            "period",
            Scalar.INTEGER,
            0,
            true,
            "100",
            "1",
            null,
            "Period",
            "in ms",
            List.of(new Metatype.Choice("fast", "1")));
    Metatype.Definition definition =
        new Metatype.Definition(
            "io.example.Pump",
            "Pump",
            "A pump",
            List.of(period),
            List.of(new Metatype.Picture("icon.png", BigInteger.TEN)));
    StoredComponent stored = SnapshotWriter.stored("pump", null, Map.of("period", 5));

    byte[] document = SnapshotWriter.write(List.of(new Part(stored, definition)));

    assertThat(new String(document, StandardCharsets.UTF_8))
        .contains("<ocd:OCD id=\"io.example.Pump\" name=\"Pump\" description=\"A pump\">")
        .contains("<ocd:AD id=\"period\" name=\"Period\" type=\"Integer\"")
        .contains("default=\"100\" min=\"1\" description=\"in ms\"")
        .contains("<ocd:Option label=\"fast\" value=\"1\"")
        .contains("<ocd:Icon resource=\"icon.png\" size=\"10\"");
    assertThat(readBack(document)).containsEntry("period", 5);
  }
}
