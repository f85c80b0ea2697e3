// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks;

import io.kete.policy.cms.trust.CmsSigner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** A model bundle of the product with a signature, in the form docs/model.md describes. */
final class SignedModel {

  private SignedModel() {}

  /** Writes a signed copy of a bundle whose model is {@code model/model.onnx}. */
  static void write(Path bundle, Path signed, CmsSigner signer)
      throws IOException, GeneralSecurityException {
    try (ZipFile from = new ZipFile(bundle.toFile());
        ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(signed))) {
      StringBuilder inventory = new StringBuilder();
      for (String name : new String[] {"model.json", "model.onnx"}) {
        byte[] digest =
            MessageDigest.getInstance("SHA-256")
                .digest(bytes(from, from.getEntry("model/" + name)));
        inventory.append(HexFormat.of().formatHex(digest)).append("  ").append(name).append('\n');
      }
      for (ZipEntry entry : Collections.list(from.entries())) {
        put(to, entry.getName(), bytes(from, entry));
      }
      byte[] signedText = inventory.toString().getBytes(StandardCharsets.US_ASCII);
      ByteBuffer signature = signer.sign(new ByteArrayInputStream(signedText));
      byte[] der = new byte[signature.remaining()];
      signature.get(der);
      put(to, "model/model.p7s", der);
    }
  }

  private static byte[] bytes(ZipFile from, ZipEntry entry) throws IOException {
    try (var in = from.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  private static void put(ZipOutputStream to, String name, byte[] bytes) throws IOException {
    to.putNextEntry(new ZipEntry(name));
    to.write(bytes);
    to.closeEntry();
  }
}
