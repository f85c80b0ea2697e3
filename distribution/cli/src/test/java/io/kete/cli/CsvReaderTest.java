// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReaderTest {

  @TempDir Path folder;

  private List<double[]> rows(byte[] text) throws IOException {
    Path file = Files.write(folder.resolve("t.csv"), text);
    List<double[]> rows = new ArrayList<>();
    try (CsvReader csv = CsvReader.open(file)) {
      for (Optional<double[]> row = csv.next(); row.isPresent(); row = csv.next()) {
        rows.add(row.get());
      }
    }
    return rows;
  }

  private List<double[]> rows(String text) throws IOException {
    return rows(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b\n1,-2.5e3\n",
        "a;b\r\n1;-2.5e3\r\n",
        "a\tb\n1\t-2.5e3",
        "\uFEFF\"a\", \"b\"\n\n \"1\" , -2.5e3\n\n"
      })
  void takesTheUsualForms(String text) throws IOException {
    assertThat(rows(text)).singleElement().isEqualTo(new double[] {1, -2500});
  }

  @Test
  void saysWhereWhatIsWrong() {
    wrong("a,b\n1,2\n\n3\n", "t.csv line 4: 1 values, the first line names 2 columns");
    wrong("a,b\n1,NaN\n", "line 2: 'NaN' in column b is no finite number");
    wrong("a,b\n1,\n", "line 2: '' in column b");
    wrong("a,a\n", "line 1: a column is named twice");
    wrong("", "line 1: the first line has to name each column");
    wrong("a,b\n" + "1".repeat(1_100_000), "line 2: the line is longer than");
  }

  private void wrong(String text, String reason) {
    assertThatIOException().isThrownBy(() -> rows(text)).withMessageContaining(reason);
  }

  @Test
  void textThatIsNotUtf8IsNamed() {
    assertThatIOException()
        .isThrownBy(() -> rows(new byte[] {'a', '\n', (byte) 0xFF, '\n'}))
        .withMessageContaining("not UTF-8");
  }

  @Test
  void anyBytesAreRowsOrNamedButNeverFailOtherwise() throws IOException {
    Random random = new Random(3);
    byte[] good = "a,b\n1,2\n3,4e2\n".getBytes(StandardCharsets.US_ASCII);
    int taken = 0;
    int refused = 0;
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = good.clone();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      try {
        rows(bytes).forEach(row -> assertThat(row).hasSizeLessThanOrEqualTo(3));
        taken++;
      } catch (IOException expected) {
        assertThat(expected).hasMessageContaining("line");
        refused++;
      }
    }
    assertThat(taken).isPositive();
    assertThat(refused).isPositive();
  }
}
