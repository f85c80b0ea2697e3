// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kete.container.deploy.pack.RefusedException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a repository may do to a gateway that asks it: nothing. */
class HostileRepositoryTest {

  private static final long GIGABYTE = 1L << 30;
  private static final byte[] ONE = "one".repeat(5000).getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;
  private Shelf shelf;

  @BeforeEach
  void aGoodOne() throws IOException {
    shelf = new Shelf();
    shelf.index(5, Map.of("one", ONE));
    shelf.sign(5);
  }

  @AfterEach
  void close() {
    shelf.close();
  }

  private Catalogue read() throws RefusedException, IOException {
    return Catalogue.read(shelf.web(), Shelf.trust(), new Seen(folder.resolve("seen")));
  }

  private void refused(String reason) throws IOException {
    String before = seen();
    assertThatThrownBy(this::read)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(reason);
    assertThat(seen()).as("what is remembered").isEqualTo(before);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.filter(file -> !file.endsWith("seen"))).isEmpty();
    }
  }

  private String seen() throws IOException {
    Path file = folder.resolve("seen");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  @Test
  void aGoodOneIsRead() throws Exception {
    assertThat(read().packages()).extracting(Part::name).containsExactly("one");
    assertThat(seen()).contains("test=5 ");
  }

  @Test
  void aWrongSignatureIsRefused() throws Exception {
    shelf.put("SHA256SUMS.p7s", "0".repeat(64).getBytes(StandardCharsets.UTF_8));
    refused("signature");
  }

  @Test
  void noSignatureIsRefused() throws Exception {
    shelf.remove("SHA256SUMS.p7s");
    refused("404");
  }

  @Test
  void anOlderStateIsRefusedAlsoAfterARestart() throws Exception {
    read();
    shelf.index(4, Map.of("one", ONE));
    shelf.sign(4);
    refused("older than 5");
  }

  @Test
  void anotherContentUnderTheSameNumberIsRefused() throws Exception {
    read();
    shelf.index(5, Map.of("two", ONE));
    shelf.sign(5);
    refused("under that number");
  }

  @Test
  void damageToWhatIsRememberedIsNoWayBack() throws Exception {
    read();
    Files.writeString(folder.resolve("seen"), "test=nonsense\n");
    refused("damaged");
  }

  @Test
  void aReplacedIndexIsRefused() throws Exception {
    shelf.index(5, Map.of("evil", ONE));
    refused("not the one its SHA256SUMS names");
  }

  @Test
  void anIndexOfAnotherStateIsRefused() throws Exception {
    shelf.index(6, Map.of("one", ONE));
    shelf.sign(7);
    refused("different states");
  }

  @Test
  void anIndexThatDisagreesWithTheSumsIsRefused() throws Exception {
    shelf.index(5, Map.of("one", ONE));
    shelf.put("packages/one_1.0.0.dp", "other".getBytes(StandardCharsets.UTF_8));
    shelf.sign(5);
    refused("differ for one");
  }

  @Test
  void anIndexOfAGigabyteIsNotTakenIn() throws Exception {
    shelf.answer(
        "index.xml.gz",
        exchange -> {
          exchange.sendResponseHeaders(200, GIGABYTE);
          byte[] block = new byte[1 << 16];
          for (long sent = 0; sent < GIGABYTE; sent += block.length) {
            exchange.getResponseBody().write(block);
          }
        });
    refused("more than the 8388608 bytes");
  }

  @Test
  void aSignedIndexThatInflatesToAGigabyteIsBrokenOff() throws Exception {
    Path bomb = folder.resolveSibling(folder.getFileName() + "-bomb");
    try (OutputStream out = Files.newOutputStream(bomb);
        GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(
          "<repository xmlns='http://www.osgi.org/xmlns/repository/v1.0.0' increment='5'>"
              .getBytes(StandardCharsets.UTF_8));
      byte[] block = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 1024; i++) {
        zip.write(block);
      }
    }
    shelf.put("index.xml.gz", Files.readAllBytes(bomb));
    Files.delete(bomb);
    shelf.sign(5);
    refused("more than the 67108864 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil.dp",
        "/etc/passwd",
        "a/../../b.dp",
        "a//b.dp",
        "..",
        "c:\\x",
        "a%2f..",
        "./a"
      })
  void aPathThatLeavesTheFolderIsRefused(String path) throws Exception {
    shelf.signAs(
        "# kete-repository/1 name=test increment=9\n" + "0".repeat(64) + "  " + path + "\n");
    refused("plain relative path");
    assertThatThrownBy(() -> shelf.web().bytes(path, 100))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("plain relative path");
    assertThat(shelf.asked()).allMatch(each -> each.startsWith("SHA256SUMS"));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aRedirectIsNotFollowed(int code) throws Exception {
    shelf.put("elsewhere", shelf.get("SHA256SUMS"));
    shelf.answer(
        "SHA256SUMS",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "/elsewhere");
          exchange.sendResponseHeaders(code, -1);
        });
    refused("redirects are not followed");
    assertThat(shelf.asked()).containsExactly("SHA256SUMS");
  }

  @Test
  void sumsThatAreCutOffAreRefused() throws Exception {
    byte[] sums = shelf.get("SHA256SUMS");
    shelf.answer(
        "SHA256SUMS",
        exchange -> {
          exchange.sendResponseHeaders(200, sums.length);
          exchange.getResponseBody().write(sums, 0, sums.length / 2);
        });
    refused("SHA256SUMS");
  }

  private Path fetch(long size) throws Exception {
    Path file = folder.resolveSibling(folder.getFileName() + ".part");
    shelf.web().fetch("packages/one_1.0.0.dp", file, size, have -> {});
    return file;
  }

  @Test
  void aDownloadThatIsCutOffGoesOnWhereItStopped() throws Exception {
    int half = ONE.length / 2;
    shelf.answer(
        "packages/one_1.0.0.dp",
        exchange -> {
          String range = exchange.getRequestHeaders().getFirst("Range");
          int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
          exchange
              .getResponseHeaders()
              .set("Content-Range", "bytes " + from + "-" + (ONE.length - 1) + "/" + ONE.length);
          exchange.sendResponseHeaders(range == null ? 200 : 206, ONE.length - from);
          exchange.getResponseBody().write(ONE, from, range == null ? half : ONE.length - from);
          exchange.getResponseBody().flush(); // a newer server keeps the headers until then
        });
    Path file = fetch(ONE.length);
    assertThat(Files.readAllBytes(file)).isEqualTo(ONE);
    assertThat(shelf.asked())
        .containsExactly("packages/one_1.0.0.dp", "packages/one_1.0.0.dp bytes=" + half + "-");
    Files.delete(file);
  }

  @Test
  void aDownloadThatIsAlwaysCutOffEnds() {
    shelf.answer(
        "packages/one_1.0.0.dp",
        exchange -> {
          exchange.sendResponseHeaders(200, ONE.length);
          exchange.getResponseBody().write(ONE, 0, 10);
          exchange.getResponseBody().flush();
        });
    assertThatThrownBy(() -> fetch(ONE.length))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("cut off after 10 of");
  }

  @Test
  void aDownloadOfAnotherLengthThanSignedEnds() {
    assertThatThrownBy(() -> fetch(ONE.length + 1L))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("does not have the");
    shelf.answer(
        "packages/one_1.0.0.dp",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          for (int i = 0; i < 1000; i++) {
            exchange.getResponseBody().write(ONE);
          }
        });
    assertThatThrownBy(() -> fetch(ONE.length))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("longer than");
  }
}
