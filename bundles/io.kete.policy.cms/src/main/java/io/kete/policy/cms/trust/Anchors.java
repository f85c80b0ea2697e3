// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms.trust;

import io.kete.policy.api.Verifier.Purpose;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates of those who may sign, in a folder: what lies in the folder itself is trusted
 * for every purpose, what lies in its sub-folders {@code policy}, {@code model} and {@code package}
 * for that one.
 */
final class Anchors {

  private static final Logger logger = LoggerFactory.getLogger(Anchors.class);
  private static final int MAX_BYTES = 1 << 18;

  private final Path directory;

  Anchors(Path directory) {
    this.directory = directory;
  }

  Path directory() {
    return directory;
  }

  /**
   * Reads the certificates for a purpose; files that cannot be read are left out, so they give no
   * trust.
   */
  List<X509Certificate> read(Purpose purpose) {
    List<X509Certificate> found = new ArrayList<>();
    readFolder(directory, found);
    readFolder(directory.resolve(purpose.name().toLowerCase(Locale.ROOT)), found);
    return found;
  }

  private static void readFolder(Path folder, List<X509Certificate> found) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.{pem,crt,cer,der}")) {
      for (Path file : files) {
        readFile(file, found);
      }
    } catch (IOException e) {
      logger.warn("trust_anchors_unreadable folder={}", folder.getFileName());
    }
  }

  private static void readFile(Path file, List<X509Certificate> found) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES);
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Certificate certificate :
          factory.generateCertificates(new ByteArrayInputStream(bytes))) {
        found.add((X509Certificate) certificate);
      }
    } catch (IOException | CertificateException e) {
      logger.warn("trust_anchor_refused file={} reason=\"not a certificate\"", file.getFileName());
    }
  }
}
