// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.model;

import io.kete.policy.cms.Identity;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A model bundle that is changed bit by bit until it is as bad as it has to be. */
final class ZooModel {

  static final String NAME = "zoo";

  private final int major;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final Map<String, byte[]> more = new LinkedHashMap<>();
  private String engine = "onnx";
  private String json;
  private Optional<byte[]> model;
  private Optional<Identity> signer = Optional.empty();
  private boolean tampered;
  private Optional<byte[]> raw = Optional.empty();

  private ZooModel(int major) {
    this.major = major;
    this.json = descriptor(major);
    this.model = Optional.of(Onnx.usual(2, major, 13));
  }

  /** A good one: flow plus pressure plus the first number of its version. */
  static ZooModel of(int major) {
    return new ZooModel(major);
  }

  static String descriptor(int major) {
    return """
    {"name": "zoo", "version": "%d.0.0", "engine": "onnx", "file": "model.onnx",
     "roles": [
       {"name": "flow", "unit": "", "min": 0, "max": 1000, "missing": "REFUSE", "offset": 0, "scale": 1, "mean": 5, "deviation": 2},
       {"name": "pressure", "unit": "", "min": 0, "max": 1000, "missing": "HOLD", "offset": 0, "scale": 1}],
     "steps": 1,
     "outputs": [{"name": "score", "unit": "", "min": -10000, "max": 10000}],
     "latencyLimitMicros": 200000, "memoryLimitBytes": 1000000,
     "golden": [{"inputs": [2, 3], "outputs": [%d], "tolerance": 0.0001}],
     "training": {"digest": ""}}
    """
        .formatted(major, 5 + major);
  }

  ZooModel json(UnaryOperator<String> change) {
    String changed = change.apply(json);
    if (changed.equals(json)) {
      throw new IllegalStateException("nothing was changed in " + json);
    }
    json = changed;
    return this;
  }

  ZooModel json(String from, String to) {
    return json(text -> text.replace(from, to));
  }

  ZooModel model(byte[] bytes) {
    model = Optional.of(bytes);
    return this;
  }

  ZooModel trees(String text) {
    engine = "trees";
    return model(text.getBytes(StandardCharsets.UTF_8))
        .json("\"engine\": \"onnx\"", "\"engine\": \"trees\"");
  }

  ZooModel without() {
    model = Optional.empty();
    return this;
  }

  ZooModel header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  ZooModel entry(String name, byte[] bytes) {
    more.put(name, bytes);
    return this;
  }

  ZooModel signedBy(Identity other) {
    signer = Optional.of(other);
    return this;
  }

  /** Another byte of the model after it was signed. */
  ZooModel tampered() {
    tampered = true;
    return this;
  }

  /** The model file as it is now. */
  byte[] bytes() {
    return model.orElseThrow();
  }

  /** Not a jar at all. */
  ZooModel raw(byte[] bytes) {
    raw = Optional.of(bytes);
    return this;
  }

  /**
   * Writes the bundle into a folder that is there; without a signature when the usual signer is
   * empty.
   */
  Path write(Path file, Optional<Identity> usual) throws IOException {
    if (raw.isPresent()) {
      return Files.write(file, raw.get());
    }
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Bundle-ManifestVersion", "2");
    attributes.putValue("Bundle-SymbolicName", "zoo.model");
    attributes.putValue("Bundle-Version", major + ".0.0");
    attributes.putValue(
        "Provide-Capability",
        "io.kete.model;name=\"zoo\";version:Version=\""
            + major
            + ".0.0\";engine=\""
            + engine
            + "\"");
    headers.forEach(attributes::putValue);
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    String inventory =
        line(tampered ? new byte[1] : text, "model.json")
            + line(model.orElse(new byte[0]), "model.onnx");
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      put(jar, "model/model.json", text);
      if (model.isPresent()) {
        put(jar, "model/model.onnx", model.get());
      }
      Optional<Identity> by = signer.or(() -> usual);
      if (by.isPresent()) {
        put(jar, "model/model.p7s", by.get().sign(inventory));
      }
      for (Map.Entry<String, byte[]> entry : more.entrySet()) {
        put(jar, entry.getKey(), entry.getValue());
      }
    }
    return file;
  }

  private static void put(JarOutputStream jar, String name, byte[] bytes) throws IOException {
    jar.putNextEntry(new JarEntry(name));
    jar.write(bytes);
    jar.closeEntry();
  }

  private static String line(byte[] bytes, String name) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest) + "  " + name + "\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
