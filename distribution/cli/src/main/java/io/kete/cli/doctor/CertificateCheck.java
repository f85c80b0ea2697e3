// SPDX-License-Identifier: EPL-2.0
package io.kete.cli.doctor;

import io.kete.cli.provision.CertificateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Whether the certificates of recipients and trust anchors are valid, and for how long. */
record CertificateCheck(Site site, Configured configured, Clock clock) implements Check {

  private static final Duration SOON = Duration.ofDays(30);
  private static final int MAX_FILES = 500;
  private static final long MAX_BYTES = 1 << 18;

  @Override
  public String name() {
    return "certificates";
  }

  @Override
  public List<Finding> look() throws IOException {
    List<Finding> findings = new ArrayList<>();
    int valid = 0;
    for (Path file : files()) {
      try {
        if (Files.size(file) > MAX_BYTES) {
          throw new CertificateException("too large");
        }
        for (X509Certificate certificate : CertificateFile.certificates(Files.readAllBytes(file))) {
          if (judge(file, certificate, findings)) {
            valid++;
          }
        }
      } catch (CertificateException e) {
        findings.add(
            Finding.fail(name(), file + " is no certificate", "replace or remove that file"));
      }
    }
    if (findings.isEmpty()) {
      findings.add(Finding.ok(name(), valid + " valid for more than " + SOON.toDays() + " days"));
    }
    return findings;
  }

  private boolean judge(Path file, X509Certificate certificate, List<Finding> findings) {
    Instant now = clock.instant();
    Instant from = certificate.getNotBefore().toInstant();
    Instant until = certificate.getNotAfter().toInstant();
    if (now.isBefore(from)) {
      findings.add(
          Finding.fail(name(), file + " is valid from " + from + " on", "is the clock right?"));
    } else if (now.isAfter(until)) {
      findings.add(Finding.fail(name(), file + " has expired at " + until, "replace it"));
    } else if (now.plus(SOON).isAfter(until)) {
      findings.add(Finding.warn(name(), file + " expires at " + until, "replace it in time"));
    } else {
      return true;
    }
    return false;
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String folder : List.of("certificates", "anchors")) {
      Path place =
          configured
              .path(Configured.POLICY, folder + ".directory")
              .orElse(site.data().resolve("user").resolve(folder));
      if (Files.isDirectory(place)) {
        try (Stream<Path> found = Files.walk(place, 2)) {
          found
              .filter(file -> file.toString().matches(".*\\.(pem|crt|cer|der)"))
              .filter(Files::isRegularFile)
              .limit(MAX_FILES)
              .sorted()
              .forEach(files::add);
        }
      }
    }
    return files;
  }
}
