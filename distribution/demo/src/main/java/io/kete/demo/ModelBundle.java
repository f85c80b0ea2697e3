// SPDX-License-Identifier: EPL-2.0
package io.kete.demo;

import com.eclipsesource.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Signs model bundles the way docs/model.md says. */
final class ModelBundle {

  private static final String FOLDER = "model/";
  private static final String DESCRIPTOR = "model.json";

  private ModelBundle() {}

  /** Writes a copy that holds the signature. */
  static void sign(Path unsigned, Path signed, Identity signer)
      throws IOException, GeneralSecurityException {
    try (ZipFile from = new ZipFile(unsigned.toFile());
        ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(signed))) {
      byte[] descriptor = read(from, FOLDER + DESCRIPTOR);
      String model =
          Json.parse(new String(descriptor, StandardCharsets.UTF_8))
              .asObject()
              .getString("file", "");
      String inventory = line(DESCRIPTOR, descriptor) + line(model, read(from, FOLDER + model));
      for (Enumeration<? extends ZipEntry> all = from.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        write(to, entry.getName(), read(from, entry.getName()));
      }
      byte[] signature = signer.sign(inventory.getBytes(StandardCharsets.UTF_8));
      write(to, FOLDER + "model.p7s", signature);
    }
  }

  private static String line(String file, byte[] content) throws GeneralSecurityException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
    return HexFormat.of().formatHex(digest) + "  " + file + "\n";
  }

  private static byte[] read(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new IOException(zip.getName() + " is no model bundle: " + name + " is missing");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  private static void write(ZipOutputStream to, String name, byte[] content) throws IOException {
    to.putNextEntry(new ZipEntry(name));
    to.write(content);
    to.closeEntry();
  }
}
