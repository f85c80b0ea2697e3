// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.ParseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * What a model bundle says of itself; whether it is any good is judged by the gateway.
 *
 * @param model name of the model
 * @param version its version
 * @param digest SHA-256 of what {@code sha256sum model.json <file>} says
 */
record ModelJar(String model, String version, String digest) {

  private static final int MAX_DESCRIPTOR = 1 << 20;

  /**
   * Reads the file.
   *
   * @throws IOException with what is wrong
   */
  static ModelJar read(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      byte[] descriptor;
      try (InputStream in = entry(zip, "model/model.json")) {
        descriptor = in.readNBytes(MAX_DESCRIPTOR);
      }
      JsonObject json = Json.parse(new String(descriptor, StandardCharsets.UTF_8)).asObject();
      String name = json.getString("file", "");
      MessageDigest sha = sha256();
      String first = HexFormat.of().formatHex(sha.digest(descriptor));
      String inventory = first + "  model.json\n" + digest(zip, name) + "  " + name + "\n";
      return new ModelJar(
          json.getString("name", ""),
          json.getString("version", ""),
          HexFormat.of().formatHex(sha.digest(inventory.getBytes(StandardCharsets.UTF_8))));
    } catch (ZipException e) {
      throw new IOException("it is not a jar, or it is cut off", e);
    } catch (ParseException | UnsupportedOperationException e) {
      throw new IOException("its model/model.json cannot be read: " + e.getMessage(), e);
    }
  }

  private static InputStream entry(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    InputStream in = entry == null ? null : zip.getInputStream(entry);
    if (in == null) {
      throw new IOException("it is not a model bundle: there is no " + name + " in it");
    }
    return in;
  }

  private static String digest(ZipFile zip, String name) throws IOException {
    MessageDigest sha = sha256();
    try (InputStream in = new DigestInputStream(entry(zip, "model/" + name), sha)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return model + " " + version;
  }
}
