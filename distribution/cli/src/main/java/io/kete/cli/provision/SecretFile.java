// SPDX-License-Identifier: EPL-2.0
package io.kete.cli.provision;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** Secrets of one gateway: a line {@code name=value} each; {@code #} begins a comment. */
final class SecretFile {

  private static final int MAX_BYTES = 1 << 18;

  private SecretFile() {}

  static SortedMap<String, String> read(Path file) throws ProvisionException, IOException {
    if (!Files.isRegularFile(file)) {
      throw new ProvisionException(file + ": there is no such file of secrets");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return parse(file.toString(), in.readNBytes(MAX_BYTES + 1));
    }
  }

  static SortedMap<String, String> parse(String source, byte[] content) throws ProvisionException {
    if (content.length > MAX_BYTES) {
      throw new ProvisionException(source + " is larger than " + MAX_BYTES + " bytes");
    }
    SortedMap<String, String> secrets = new TreeMap<>();
    int number = 0;
    for (String line : new String(content, StandardCharsets.UTF_8).split("\r?\n", -1)) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      int equal = line.indexOf('=');
      if (equal < 0) {
        throw new ProvisionException(source + ":" + number + ": name=value is needed");
      }
      String name = line.substring(0, equal).strip();
      Manifest.requireName(name);
      if (secrets.put(name, line.substring(equal + 1)) != null) {
        throw new ProvisionException(source + ":" + number + ": " + name + " stands twice");
      }
    }
    return secrets;
  }
}
