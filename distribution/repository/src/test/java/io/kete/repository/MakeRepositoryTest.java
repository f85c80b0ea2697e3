// SPDX-License-Identifier: EPL-2.0
package io.kete.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kete.features.DeploymentPackage;
import io.kete.features.PackageSignature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MakeRepositoryTest {

  private static final String MATERIALS =
      "{\"components\":[{\"group\":\"org.one\",\"name\":\"lib\",\"version\":\"1\","
          + "\"licenses\":[{\"license\":{\"id\":\"MIT\"}},{\"expression\":\"EPL-2.0\"}]}]}";

  @TempDir private Path folder;

  private static byte[] bundle(String name, String version, String... headers) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", name);
    main.putValue("Bundle-Version", version);
    for (int i = 0; i < headers.length; i += 2) {
      main.putValue(headers[i], headers[i + 1]);
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    manifest.write(text);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      ZipEntry entry = new ZipEntry(JarFile.MANIFEST_NAME);
      entry.setTimeLocal(LocalDateTime.of(1980, 2, 1, 0, 0));
      zip.putNextEntry(entry);
      zip.write(text.toByteArray());
    }
    return bytes.toByteArray();
  }

  private Path pack(String name, byte[]... bundles) throws IOException {
    DeploymentPackage pack = new DeploymentPackage(name);
    for (byte[] bundle : bundles) {
      pack.add("bundle-" + pack.symbolicNames().size(), bundle);
    }
    Path file = folder.resolve(pack.fileName());
    try (OutputStream out = Files.newOutputStream(file)) {
      pack.write(out);
    }
    return file;
  }

  private List<Path> packages() throws Exception {
    byte[] api = bundle("api", "1.0.0", "Export-Package", "a.b;version=\"1.0\"");
    byte[] user = bundle("user", "1.0.0", "Import-Package", "a.b;version=\"[1,2)\",c.d");
    return List.of(
        pack("base", api, bundle("inner", "1.0.0", "Import-Package", "a.b")), pack("top", user));
  }

  private Path made(String target, Optional<PackageSignature.Signing> signer) throws Exception {
    Path repository = folder.resolve(target);
    MakeRepository.make(packages(), Optional.of(MATERIALS), repository, "test", 7, signer);
    return repository;
  }

  private static Signer signer(String algorithm) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    if (algorithm.equals("EC")) {
      generator.initialize(new ECGenParameterSpec("secp256r1"));
    } else {
      generator.initialize(2048);
    }
    KeyPair keys = generator.generateKeyPair();
    X500Principal name = new X500Principal("CN=release");
    return new Signer(
        keys.getPrivate(),
        new JcaX509CertificateConverter()
            .getCertificate(
                new JcaX509v3CertificateBuilder(
                        name,
                        BigInteger.ONE,
                        Date.from(Instant.EPOCH),
                        Date.from(Instant.parse("2099-01-01T00:00:00Z")),
                        name,
                        keys.getPublic())
                    .build(
                        new JcaContentSignerBuilder(
                                algorithm.equals("EC") ? "SHA256withECDSA" : "SHA256withRSA")
                            .build(keys.getPrivate()))));
  }

  private static List<String> files(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private static String index(Path repository) throws IOException {
    try (GZIPInputStream in =
        new GZIPInputStream(Files.newInputStream(repository.resolve("index.xml.gz")))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void holdsIndexBundlesPackagesSumsMaterialsAndLicences() throws Exception {
    Path repository = made("one", Optional.empty());
    assertThat(files(repository))
        .containsExactly(
            "LICENCES",
            "SHA256SUMS",
            "bom.json",
            "bundles/api-1.0.0.jar",
            "bundles/inner-1.0.0.jar",
            "bundles/user-1.0.0.jar",
            "index.xml.gz",
            "packages/base_1.0.0.dp",
            "packages/top_1.0.0.dp");
    List<String> sums = Files.readAllLines(repository.resolve("SHA256SUMS"));
    assertThat(sums.get(0)).isEqualTo("# kete-repository/1 name=test increment=7");
    List<String> expected = new ArrayList<>();
    for (String file : files(repository)) {
      if (!file.equals("SHA256SUMS")) {
        expected.add(Sums.sha256(repository.resolve(file)) + "  " + file);
      }
    }
    assertThat(sums.subList(1, sums.size())).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(Files.readString(repository.resolve("LICENCES")))
        .isEqualTo("org.one:lib 1  MIT, EPL-2.0\n");
  }

  @Test
  void aPackageOffersAndNeedsWhatItsBundlesDoToTheOutside() throws Exception {
    String index = index(made("one", Optional.empty()));
    assertThat(index).contains("increment=\"7\"");
    String base = resource(index, "base");
    String top = resource(index, "top");
    assertThat(base).contains("<attribute name=\"osgi.wiring.package\" value=\"a.b\"/>");
    assertThat(base).doesNotContain("<requirement");
    assertThat(top).contains("(osgi.wiring.package=a.b)").contains("(osgi.wiring.package=c.d)");
    assertThat(top).contains("value=\"packages/top_1.0.0.dp\"");
  }

  private static String resource(String index, String name) {
    int at = index.indexOf("name=\"osgi.identity\" value=\"" + name + "\"");
    return index.substring(index.lastIndexOf("<resource>", at), index.indexOf("</resource>", at));
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA"})
  void theSameInputAndKeyGiveTheSameBytes(String algorithm) throws Exception {
    Signer signer = signer(algorithm);
    Path one = made("one", Optional.of(signer));
    Path two = made("two", Optional.of(signer));
    assertThat(files(one)).isEqualTo(files(two)).contains("SHA256SUMS.p7s");
    for (String file : files(one)) {
      assertThat(Files.mismatch(one.resolve(file), two.resolve(file))).as(file).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA"})
  void theSignatureIsOneOfTheSums(String algorithm) throws Exception {
    Path repository = made("one", Optional.of(signer(algorithm)));
    byte[] sums = Files.readAllBytes(repository.resolve("SHA256SUMS"));
    byte[] der = Files.readAllBytes(repository.resolve("SHA256SUMS.p7s"));
    assertThat(fits(sums, der)).isTrue();
    sums[sums.length - 5] ^= 1;
    assertThat(fits(sums, der)).isFalse();
  }

  private static boolean fits(byte[] content, byte[] der) throws Exception {
    CMSSignedData signed = new CMSSignedData(new CMSProcessableByteArray(content), der);
    SignerInformation signer = signed.getSignerInfos().getSigners().iterator().next();
    return signer.verify(
        new JcaSimpleSignerInfoVerifierBuilder()
            .build(signed.getCertificates().getMatches(null).iterator().next()));
  }

  @Test
  void refusesTwoPackagesWithDifferentBytesForOneBundle() throws Exception {
    List<Path> packages =
        List.of(
            pack("one", bundle("same", "1.0.0")),
            pack("two", bundle("other", "1.0.0"), bundle("same", "1.0.0", "X-More", "yes")));
    assertThatThrownBy(
            () ->
                MakeRepository.make(
                    packages, Optional.empty(), folder.resolve("r"), "test", 1, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("same-1.0.0.jar has other bytes");
  }

  @Test
  void refusesAComponentWithoutALicence() {
    assertThatThrownBy(
            () -> Licences.of("{\"components\":[{\"name\":\"x\",\"purl\":\"pkg:maven/x\"}]}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pkg:maven/x");
  }
}
