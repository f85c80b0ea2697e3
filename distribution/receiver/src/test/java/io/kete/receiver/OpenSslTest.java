// SPDX-License-Identifier: EPL-2.0
package io.kete.receiver;

import static io.kete.policy.cms.PolicyBench.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kete.data.api.Block;
import io.kete.data.api.BlockReader;
import io.kete.data.api.BlockWriter;
import io.kete.data.api.SealedBlock;
import io.kete.policy.api.Sealing;
import io.kete.policy.cms.Identity;
import io.kete.policy.cms.PolicyBench;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The openssl command line reads what the gateway writes, and the receiver reads what openssl
 * enveloped.
 */
class OpenSslTest {

  private final Identity ec = Identity.ec("centre");
  private final Identity rsa = Identity.rsa("vendor", 2048);
  private Path folder;
  private PolicyBench bench;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    this.folder = folder;
    bench = new PolicyBench(folder, true).document(BlockOpenerTest.DOCUMENT);
    bench.certificate("centre.pem", ec).certificate("vendor.pem", rsa).start();
    boolean present = hasOpenSsl();
    if (!present) {
      System.out.println("skipped: the openssl command line is not installed");
    }
    assumeTrue(present, "the openssl command line is not installed");
    Files.writeString(folder.resolve("ec.key"), ec.keyPem());
    Files.writeString(folder.resolve("rsa.key"), rsa.keyPem());
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  private static boolean hasOpenSsl() throws InterruptedException {
    try {
      return new ProcessBuilder("openssl", "version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private byte[] openssl(String arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl"));
    Pattern.compile(" ").splitAsStream(arguments).forEach(command::add);
    Path out = folder.resolve("out");
    Path errors = folder.resolve("errors");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(errors.toFile())
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(() -> read(errors)).isZero();
    return Files.readAllBytes(out);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private void write(String name, ByteBuffer buffer) throws IOException {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    Files.write(folder.resolve(name), bytes);
  }

  @Test
  void opensslOpensKeyAndBlockForBothKindsOfRecipient() throws Exception {
    Sealing sealing = bench.seal(sample("pump-1", "vib", 2.5), sample("pump-1", "vib", 3.5));
    SealedBlock sealed = sealing.block().sealed().orElseThrow();
    write("key.der", sealing.key().orElseThrow().envelope());
    write("block.der", sealed.envelope());

    for (Map.Entry<String, String> who :
        Map.of("ec.key", "centre.pem", "rsa.key", "vendor.pem").entrySet()) {
      byte[] key =
          openssl(
              "cms -decrypt -binary -inform DER -in key.der -recip certificates/"
                  + who.getValue()
                  + " -inkey "
                  + who.getKey());
      assertThat(key).hasSize(32);
      byte[] content =
          openssl(
              "cms -decrypt -binary -inform DER -in block.der -secretkey "
                  + HexFormat.of().formatHex(key)
                  + " -secretkeyid "
                  + sealed.epoch());
      Block block = BlockReader.read(ByteBuffer.wrap(content));
      assertThat(block.id()).isEqualTo(sealing.block().id());
      assertThat(block.open().get(1)).isEqualTo(sample("pump-1", "vib", 3.5));
    }
  }

  @Test
  void theReceiverOpensKeyEnvelopesThatOpensslMade() throws Exception {
    byte[] key = new byte[32];
    java.util.Arrays.fill(key, (byte) 7);
    Files.write(folder.resolve("plain"), key);
    byte[] forEc =
        openssl(
            "cms -encrypt -binary -outform DER -aes-256-gcm -in plain -recip certificates/centre.pem -keyopt ecdh_kdf_md:sha256 -aes256-wrap");
    byte[] forRsa =
        openssl(
            "cms -encrypt -binary -outform DER -aes-256-gcm -in plain -recip certificates/vendor.pem -keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha256");

    for (byte[] envelope : List.of(forEc, forRsa)) {
      KeyRing ring =
          new KeyRing(
              List.of(
                  new RecipientKey(ec.keys().getPrivate()),
                  new RecipientKey(rsa.keys().getPrivate())));
      String epoch = KeyRing.identifierOf(envelope);
      ring.add(epoch, ByteBuffer.wrap(envelope));
      assertThat(ring.key(epoch).orElseThrow().getEncoded()).isEqualTo(key);
    }
  }

  @Test
  void theReceiverOpensABlockThatOpensslMade() throws Exception {
    Sealing sealing = bench.seal(sample("pump-1", "vib", 2.5));
    byte[] content =
        new BlockWriter()
            .write(
                new Block(
                    sealing.block().id(),
                    "5",
                    List.of(sample("pump-1", "vib", 9.5)),
                    Optional.empty()));
    write("key.der", sealing.key().orElseThrow().envelope());
    Files.write(folder.resolve("plain"), content);
    byte[] key =
        openssl(
            "cms -decrypt -binary -inform DER -in key.der -recip certificates/centre.pem -inkey ec.key");
    String epoch = sealing.key().orElseThrow().epoch();
    byte[] envelope =
        openssl(
            "cms -encrypt -binary -outform DER -aes-256-gcm -in plain -secretkey "
                + HexFormat.of().formatHex(key)
                + " -secretkeyid "
                + epoch);

    KeyRing ring = new KeyRing(List.of(new RecipientKey(ec.keys().getPrivate())));
    ring.add(epoch, sealing.key().orElseThrow().envelope());
    Opened opened =
        new BlockOpener(ring)
            .open(sealing.block().id(), "5", new SealedBlock(epoch, ByteBuffer.wrap(envelope)));

    assertThat(opened.block().open()).containsExactly(sample("pump-1", "vib", 9.5));
  }

  @Test
  void keysInTheFormsOfOpensslAreRead() throws Exception {
    byte[] encrypted = openssl("pkcs8 -topk8 -in ec.key -passout pass:secret");
    byte[] traditional = openssl("ec -in ec.key");
    openssl(
        "pkcs12 -export -inkey rsa.key -in certificates/vendor.pem -out rsa.p12 -passout pass:secret");
    char[] password = "secret".toCharArray();

    for (byte[] pem :
        List.of(encrypted, traditional, Files.readAllBytes(folder.resolve("ec.key")))) {
      RecipientKey key = RecipientKey.fromPem(new java.io.ByteArrayInputStream(pem), password);
      assertThat(key.key().getEncoded()).isNotEmpty();
      assertThat(key.key().getAlgorithm()).isIn("EC", "ECDSA");
    }
    try (java.io.InputStream in = Files.newInputStream(folder.resolve("rsa.p12"))) {
      assertThat(RecipientKey.fromPkcs12(in, password).key()).isEqualTo(rsa.keys().getPrivate());
    }
  }
}
