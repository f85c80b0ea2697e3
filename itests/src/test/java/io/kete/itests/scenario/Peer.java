// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The world around the gateway, as a test talks to it. */
final class Peer {

  private static final int OK = 200;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int port;

  Peer(int port) {
    this.port = port;
  }

  /** Port of the line to the broker. */
  int broker() {
    return Integer.parseInt(text("/broker"));
  }

  /** A new device; gives the port of the line to it. */
  int device() {
    return Integer.parseInt(text("/device"));
  }

  void cut(int line) {
    text("/cut?" + line);
  }

  void mend(int line) {
    text("/mend?" + line);
  }

  /** Requests a device answered: coils, discrete inputs, holding registers, input registers. */
  List<Long> served(int line) {
    return numbers(text("/served?" + line));
  }

  List<Sample> samples(String application) {
    return lines(text("/samples?" + application)).stream().map(Sample::parse).toList();
  }

  /** Numbers of samples, sealed blocks, duplicates. */
  List<Long> counts(String application) {
    return numbers(text("/counts?" + application));
  }

  List<String> faults(String application) {
    return lines(text("/faults?" + application));
  }

  List<String> topics() {
    return lines(text("/topics"));
  }

  /** How many messages hold these bytes. */
  long messagesWith(byte[] pattern) {
    return Long.parseLong(new String(ask("/holding", pattern), StandardCharsets.UTF_8));
  }

  String certificate(String whose) {
    return text("/certificate?" + whose);
  }

  byte[] sign(String document) {
    return ask("/sign", document.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> lines(String text) {
    return text.lines().filter(line -> !line.isEmpty()).toList();
  }

  private static List<Long> numbers(String text) {
    return Arrays.stream(text.split(" ", -1)).map(Long::valueOf).toList();
  }

  private String text(String path) {
    return new String(ask(path, new byte[0]), StandardCharsets.UTF_8);
  }

  private byte[] ask(String path, byte[] body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() != OK) {
        throw new IllegalStateException(
            path + ": " + new String(response.body(), StandardCharsets.UTF_8));
      }
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
