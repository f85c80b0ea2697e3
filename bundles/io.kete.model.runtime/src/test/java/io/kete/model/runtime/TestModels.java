// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime;

import io.kete.model.runtime.content.Candidate;
import io.kete.model.runtime.content.ModelSource;
import io.kete.model.runtime.content.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Models for {@link SumEngine}: the output is the sum of all inputs plus the number in the file.
 */
public final class TestModels {

  /** One model, to be changed bit by bit before it is used. */
  public static final class Draft {
    private String name = "pump";
    private String version = "1.0.0";
    private String roles = role("flow", "REFUSE", 0, 1) + "," + role("pressure", "HOLD", 10, 2);
    private int steps = 1;
    private String model = "1";
    private String golden = "";
    private String capability = "";
    private Optional<byte[]> signature = Optional.of("good".getBytes(StandardCharsets.UTF_8));
    private boolean withFile = true;
    private String header = "";
    private String facts = "\"min\":-100000,\"max\":100000";
    private String entry = "";

    private Draft() {}

    public Draft version(String changed) {
      version = changed;
      return this;
    }

    public Draft name(String changed) {
      name = changed;
      return this;
    }

    /** Content of the model's file: the number that is added. */
    public Draft model(String changed) {
      model = changed;
      return this;
    }

    public Draft roles(String changed) {
      roles = changed;
      return this;
    }

    public Draft steps(int changed) {
      steps = changed;
      return this;
    }

    /** What the output says besides name and unit, as members of JSON. */
    public Draft facts(String changed) {
      facts = changed;
      return this;
    }

    /** The list of golden vectors, as JSON. */
    public Draft golden(String changed) {
      golden = changed;
      return this;
    }

    public Draft capability(String changed) {
      capability = changed;
      return this;
    }

    public Draft unsigned() {
      signature = Optional.empty();
      return this;
    }

    public Draft withoutFile() {
      withFile = false;
      return this;
    }

    /** One more header in the manifest. */
    public Draft header(String changed) {
      header = changed;
      return this;
    }

    /** One more entry in the jar. */
    public Draft entry(String changed) {
      entry = changed;
      return this;
    }

    public String json() {
      int inputs = steps * roles.split("\\{", -1).length - steps;
      String zeros = "0,".repeat(inputs).replaceAll(",$", "");
      double sum = 0;
      if (model.matches("-?[0-9.]+(;[a-z]+)?")) {
        sum =
            Double.parseDouble(model.split(";", 2)[0])
                + (roles.contains("\"offset\":10.0") ? -5 * steps : 0);
      }
      String vectors =
          golden.isEmpty()
              ? "[{\"inputs\":[" + zeros + "],\"outputs\":[" + sum + "],\"tolerance\":1e-5}]"
              : golden;
      return "{\"name\":\""
          + name
          + "\",\"version\":\""
          + version
          + "\",\"engine\":\"sum\",\"file\":\"model.sum\",\"roles\":["
          + roles
          + "],\"steps\":"
          + steps
          + ",\"outputs\":[{\"name\":\"score\",\"unit\":\"1\","
          + facts
          + "}],\"latencyLimitMicros\":1000000,"
          + "\"memoryLimitBytes\":1000,\"golden\":"
          + vectors
          + ",\"training\":{\"digest\":\"\",\"more\":[1,{}]}}";
    }

    private Map<String, byte[]> files() {
      Map<String, byte[]> files = new TreeMap<>();
      files.put("model.json", json().getBytes(StandardCharsets.UTF_8));
      if (withFile) {
        files.put("model.sum", model.getBytes(StandardCharsets.UTF_8));
      }
      signature.ifPresent(bytes -> files.put("model.p7s", bytes));
      return files;
    }

    public ModelSource source() {
      Map<String, byte[]> files = files();
      return file ->
          Optional.ofNullable(files.get(file)).<InputStream>map(ByteArrayInputStream::new);
    }

    public Candidate candidate() throws IOException, RefusedException {
      return Candidate.read(source());
    }

    /** The bundle; its symbolic name follows the model's. */
    public Path jar(Path file) throws IOException {
      Manifest manifest = new Manifest();
      Attributes attributes = manifest.getMainAttributes();
      attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
      attributes.putValue("Bundle-ManifestVersion", "2");
      attributes.putValue("Bundle-SymbolicName", "test.models." + name);
      attributes.putValue("Bundle-Version", version);
      attributes.putValue(
          "Provide-Capability",
          capability.isEmpty()
              ? "io.kete.model;name=\""
                  + name
                  + "\";version:Version=\""
                  + version
                  + "\";engine=\"sum\""
              : capability);
      if (!header.isEmpty()) {
        attributes.putValue(header, "x");
      }
      try (OutputStream out = Files.newOutputStream(file);
          JarOutputStream jar = new JarOutputStream(out, manifest)) {
        for (Map.Entry<String, byte[]> entry : files().entrySet()) {
          jar.putNextEntry(new JarEntry("model/" + entry.getKey()));
          jar.write(entry.getValue());
          jar.closeEntry();
        }
        if (!entry.isEmpty()) {
          jar.putNextEntry(new JarEntry(entry));
        }
      }
      return file;
    }
  }

  private TestModels() {}

  public static Draft draft() {
    return new Draft();
  }

  public static Draft draft(String version) {
    return new Draft().version(version);
  }

  /** A role with statistics of its training set. */
  public static String role(String name, double mean, double deviation) {
    return role(name, "REFUSE", 0, 1)
        .replace("}", ",\"mean\":" + mean + ",\"deviation\":" + deviation + "}");
  }

  public static String role(String name, String missing, double offset, double scale) {
    return "{\"name\":\""
        + name
        + "\",\"unit\":\"\",\"min\":-100,\"max\":100,\"missing\":\""
        + missing
        + "\",\"offset\":"
        + offset
        + ",\"scale\":"
        + scale
        + "}";
  }
}
