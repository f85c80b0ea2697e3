// SPDX-License-Identifier: EPL-2.0
package io.kete.cli.provision;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of a directory that describes a gateway, all in memory: it is only read, it may be on a
 * medium that is taken away. Bounded; what does not belong there is refused, links too.
 */
final class GatewayFolder {

  static final String MANIFEST = "gateway.json";
  static final String SNAPSHOT = "snapshot.xml";
  static final String POLICY = "policy.json";
  static final String SIGNATURE = "policy.json.p7s";
  static final String SECRETS = "secrets.properties";

  private static final int MAX_FILES = 500;
  private static final int MAX_DEPTH = 4;
  private static final int MAX_FILE = 8 << 20;
  private static final int MAX_BYTES = 32 << 20;

  private static final Pattern KNOWN =
      Pattern.compile(
          "README\\.md|gateway\\.json|snapshot\\.xml|policy\\.json(\\.p7s)?|secrets\\.properties"
              + "|routes/[\\w.-]+\\.ya?ml"
              + "|anchors/((policy|model|package)/)?[\\w.-]+\\.(pem|crt|cer|der)"
              + "|certificates/[\\w.-]+\\.(pem|crt|cer|der|crl)"
              + "|identity/[\\w.-]+\\.(p12|pfx|jks|pem|crt|cer|der)");

  private final Path directory;
  private final SortedMap<String, byte[]> files;

  private GatewayFolder(Path directory, SortedMap<String, byte[]> files) {
    this.directory = directory;
    this.files = files;
  }

  static GatewayFolder read(Path directory) throws ProvisionException, IOException {
    if (!Files.isDirectory(directory)) {
      throw new ProvisionException(directory + " is no directory");
    }
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(directory, MAX_DEPTH)) {
      long bytes = 0;
      for (Path file : (Iterable<Path>) found::iterator) {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
          continue;
        }
        String name = directory.relativize(file).toString().replace('\\', '/');
        byte[] content = content(file, name);
        bytes += content.length;
        files.put(name, content);
        if (files.size() > MAX_FILES || bytes > MAX_BYTES) {
          throw new ProvisionException(
              directory + " holds more than " + MAX_FILES + " files or " + MAX_BYTES + " bytes");
        }
      }
    }
    return new GatewayFolder(directory, files);
  }

  private static byte[] content(Path file, String name) throws ProvisionException, IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new ProvisionException(name + " is a link or no plain file; put the file itself there");
    }
    if (!KNOWN.matcher(name).matches()) {
      throw new ProvisionException(name + " does not belong here; see kura-config/README.md");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(MAX_FILE + 1);
      if (content.length > MAX_FILE) {
        throw new ProvisionException(name + " is larger than " + MAX_FILE + " bytes");
      }
      return content;
    }
  }

  Path directory() {
    return directory;
  }

  /** Contents by relative name, sorted; not to be changed. */
  Map<String, byte[]> files() {
    return files;
  }

  Optional<byte[]> file(String name) {
    return Optional.ofNullable(files.get(name));
  }

  /** A file that has to be there, as text. */
  String text(String name) throws ProvisionException {
    byte[] content =
        file(name)
            .orElseThrow(() -> new ProvisionException(directory + ": " + name + " is missing"));
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      throw new ProvisionException(name + " is not in UTF-8");
    }
  }
}
