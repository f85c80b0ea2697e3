// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A model bundle. The model is linear in one role, {@code flow}, and shows which version scored:
 * output {@code score} is flow times the first number of the version, output {@code mark} is that
 * number.
 */
final class ModelJar {

  static final String MODEL = "model/model.trees";
  private static final String DESCRIPTOR = "model/model.json";
  private static final String MANIFEST = "META-INF/MANIFEST.MF";

  private final Map<String, byte[]> files = new LinkedHashMap<>();

  private ModelJar() {}

  /** The model of a major version. */
  static ModelJar of(String model, int major) {
    String capability =
        "io.kete.model;name=\"%s\";version:Version=\"%d.0.0\";engine=\"trees\""
            .formatted(model, major);
    return new ModelJar()
        .manifest(model, major, capability)
        .file(DESCRIPTOR, descriptor(model, major, 2 * major))
        .file(MODEL, linear(1, major));
  }

  /** A bundle as the build made it. */
  static ModelJar read(Path jar) {
    ModelJar model = new ModelJar();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        try (InputStream in = zip.getInputStream(entry)) {
          model.files.put(entry.getName(), in.readAllBytes());
        }
      }
      return model;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ModelJar manifest(String model, int major, String capability) {
    String text =
        """
        Manifest-Version: 1.0
        Bundle-ManifestVersion: 2
        Bundle-SymbolicName: itests.models.%s
        Bundle-Version: %d.0.0
        """
            .formatted(model, major);
    return file(MANIFEST, text + folded("Provide-Capability: " + capability));
  }

  /** A manifest allows 72 bytes a line. */
  private static String folded(String header) {
    return header.replaceAll("(.{60})", "$1\n ") + "\n";
  }

  /** With another golden output for the input 2. */
  ModelJar golden(String model, int major, double output) {
    return file(DESCRIPTOR, descriptor(model, major, output));
  }

  ModelJar file(String name, String text) {
    files.put(name, text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  ModelJar without(String name) {
    files.remove(name);
    return this;
  }

  static String linear(int width, int major) {
    String weights = "[" + major + ",0".repeat(width - 1) + "]";
    String none = "[0" + ",0".repeat(width - 1) + "]";
    return """
        {"format": "kete-trees/1", "width": %d, "outputs": [
          {"kind": "linear", "link": "identity", "intercept": 0, "weights": %s},
          {"kind": "linear", "link": "identity", "intercept": %d, "weights": %s}]}
        """
        .formatted(width, weights, major, none);
  }

  private static String descriptor(String model, int major, double golden) {
    return """
        {"name": "%s", "version": "%d.0.0", "engine": "trees", "file": "model.trees",
         "roles": [{"name": "flow", "unit": "", "min": 0, "max": 1000000, "missing": "REFUSE", "offset": 0, "scale": 1}],
         "steps": 1,
         "outputs": [{"name": "score", "unit": ""}, {"name": "mark", "unit": ""}],
         "latencyLimitMicros": 100000, "memoryLimitBytes": 65536,
         "golden": [{"inputs": [2], "outputs": [%s, %d], "tolerance": 0.00001}],
         "training": {"digest": "%s"}}
        """
        .formatted(model, major, golden, major, "0".repeat(64));
  }

  /** Signs what docs/model.md says and writes the bundle. */
  Path write(Path file, Peer signer) {
    Optional<byte[]> model =
        files.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith("model/model."))
            .filter(entry -> !entry.getKey().equals(DESCRIPTOR))
            .map(Map.Entry::getValue)
            .findFirst();
    String name =
        files.keySet().stream()
            .filter(entry -> entry.startsWith("model/model.") && !entry.equals(DESCRIPTOR))
            .findFirst()
            .orElse(MODEL)
            .substring("model/".length());
    String inventory =
        line("model.json", files.getOrDefault(DESCRIPTOR, new byte[0]))
            + line(name, model.orElse(new byte[0]));
    try {
      Files.createDirectories(file.getParent());
      Path unfinished = file.resolveSibling(file.getFileName() + ".part");
      try (OutputStream out = Files.newOutputStream(unfinished);
          JarOutputStream jar = new JarOutputStream(out)) {
        for (Map.Entry<String, byte[]> entry : files.entrySet()) {
          put(jar, entry.getKey(), entry.getValue());
        }
        put(jar, "model/model.p7s", signer.sign(inventory));
      }
      return Files.move(unfinished, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void put(JarOutputStream jar, String name, byte[] content) throws IOException {
    jar.putNextEntry(new JarEntry(name));
    jar.write(content);
    jar.closeEntry();
  }

  private static String line(String name, byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest) + "  " + name + "\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
