// SPDX-License-Identifier: EPL-2.0
package io.kete.demo.centre;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.cms.KEKIdentifier;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSAuthEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKEKRecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientInfoGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OutputAEADEncryptor;

/**
 * Makes the messages a gateway would send, from docs/record.md, byte by byte where it says bytes.
 */
public final class FakeGateway {
  public static final String NAME = "pump-station";
  public static final long INCARNATION = 4711;

  private final BouncyCastleProvider provider = new BouncyCastleProvider();
  private final byte[] key = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private final byte[] epoch = HexFormat.of().parseHex("0102030405060708");

  /** A sample record; a String "BAD" under a channel#quality is given as such. */
  public byte[] sample(long seq, long time, Map<String, Object> values, long sealedFrom)
      throws IOException {
    Map<String, Object> metrics = new LinkedHashMap<>(head("sample/1", seq));
    metrics.put("assetName", "pump-1");
    metrics.putAll(values);
    if (sealedFrom > 0) {
      metrics.put("kete.sealed.from", sealedFrom);
    }
    return gzip(payload(time, metrics, new byte[0]));
  }

  /** The account of the stream or of a route; a Long as an entry. */
  public byte[] ledger(String whose, String name, Map<String, ?> entries) throws IOException {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("kete.record", "ledger/1");
    metrics.put("kete.stream", "telemetry");
    metrics.put("kete.ledger", whose);
    metrics.put("kete.ledger.name", name);
    entries.forEach((entry, value) -> metrics.put("kete.ledger." + entry, value));
    return payload(1, metrics, new byte[0]);
  }

  /** The sealed record of a block that begins at a number. */
  public byte[] sealed(long firstSeq, List<Map<String, Object>> samples)
      throws IOException, CMSException {
    return sealed(firstSeq, samples, block(firstSeq, samples));
  }

  public byte[] sealed(long firstSeq, List<Map<String, Object>> samples, byte[] block)
      throws IOException, CMSException {
    Map<String, Object> metrics = new LinkedHashMap<>(head("sealed/1", firstSeq));
    metrics.put("kete.count", samples.size());
    metrics.put("kete.gateway", NAME);
    metrics.put("kete.policy", "1");
    metrics.put("kete.epoch", HexFormat.of().formatHex(epoch));
    metrics.put("kete.open", samples.size());
    return payload(1, metrics, envelope(block));
  }

  /** The key record for a certificate's key. */
  public byte[] key(KeyPair centre) throws IOException, CMSException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
    generator.initialize(new ECGenParameterSpec("P-256"));
    KeyPair ephemeral = generator.generateKeyPair();
    CMSEnvelopedDataGenerator envelope = new CMSEnvelopedDataGenerator();
    envelope.addRecipientInfoGenerator(
        new JceKeyAgreeRecipientInfoGenerator(
                CMSAlgorithm.ECDH_SHA256KDF,
                ephemeral.getPrivate(),
                (ECPublicKey) ephemeral.getPublic(),
                CMSAlgorithm.AES256_WRAP)
            .addRecipient(new byte[] {1}, centre.getPublic())
            .setProvider(provider));
    byte[] body =
        envelope
            .generate(
                new CMSProcessableByteArray(key),
                new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_CBC)
                    .setProvider(provider)
                    .build())
            .getEncoded();
    Map<String, Object> metrics = new LinkedHashMap<>(head("key/1", 1));
    metrics.put("kete.gateway", NAME);
    metrics.put("kete.epoch", HexFormat.of().formatHex(epoch));
    return payload(1, metrics, body);
  }

  private byte[] envelope(byte[] block) throws IOException, CMSException {
    CMSAuthEnvelopedDataGenerator generator = new CMSAuthEnvelopedDataGenerator();
    generator.addRecipientInfoGenerator(
        new JceKEKRecipientInfoGenerator(
                new KEKIdentifier(epoch, null, null), new SecretKeySpec(key, "AES"))
            .setProvider(provider));
    OutputAEADEncryptor encryptor =
        (OutputAEADEncryptor)
            new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_GCM)
                .setProvider(provider)
                .build();
    return generator
        .generate(new CMSProcessableByteArray(block), encryptor)
        .toASN1Structure()
        .getEncoded("DER");
  }

  private static Map<String, Object> head(String kind, long seq) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("kete.record", kind);
    metrics.put("kete.stream", "telemetry");
    metrics.put("kete.incarnation", INCARNATION);
    metrics.put("kete.seq", seq);
    return metrics;
  }

  /** A block with the readings of sealed channels: Long as INT, String as text. */
  public static byte[] block(long firstSeq, List<Map<String, Object>> samples) throws IOException {
    List<String> texts = new ArrayList<>(List.of("pump-1", ""));
    samples.forEach(
        sample ->
            sample.keySet().stream().filter(name -> !texts.contains(name)).forEach(texts::add));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0x4B);
    out.write(1);
    text(out, NAME);
    text(out, "telemetry");
    varint(out, INCARNATION);
    varint(out, firstSeq);
    varint(out, samples.size());
    text(out, "1");
    varint(out, texts.size());
    for (String text : texts) {
      text(out, text);
    }
    out.write(0); // no lineages
    for (Map<String, Object> sample : samples) {
      out.write(0); // asset pump-1
      varint(out, 2); // one millisecond later
      out.write(2); // synchronised
      varint(out, sample.size());
      for (Map.Entry<String, Object> reading : sample.entrySet()) {
        boolean whole = reading.getValue() instanceof Long;
        out.write(whole ? 3 : 6); // GOOD, INT or text
        varint(out, texts.indexOf(reading.getKey()));
        out.write(1); // no unit
        if (reading.getValue() instanceof Long number) {
          varint(out, (number << 1) ^ (number >> 63));
        } else {
          text(out, (String) reading.getValue());
        }
      }
      out.write(0); // no lineage
    }
    out.write(0); // no sealed part
    return out.toByteArray();
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private static void text(ByteArrayOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    varint(out, bytes.length);
    out.write(bytes);
  }

  /** A Kura payload: Long, Integer, Double, Boolean, String. */
  public static byte[] payload(long time, Map<String, Object> metrics, byte[] body)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeInt64(1, time);
    for (Map.Entry<String, Object> metric : metrics.entrySet()) {
      out.writeByteBuffer(5000, ByteBuffer.wrap(metric(metric.getKey(), metric.getValue())));
    }
    if (body.length > 0) {
      out.writeByteArray(5001, body);
    }
    out.flush();
    return bytes.toByteArray();
  }

  private static byte[] metric(String name, Object value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeString(1, name);
    if (value instanceof Double number) {
      out.writeEnum(2, 0);
      out.writeDouble(3, number);
    } else if (value instanceof Long number) {
      out.writeEnum(2, 2);
      out.writeInt64(5, number);
    } else if (value instanceof Integer number) {
      out.writeEnum(2, 3);
      out.writeInt32(6, number);
    } else if (value instanceof Boolean flag) {
      out.writeEnum(2, 4);
      out.writeBool(7, flag);
    } else {
      out.writeEnum(2, 5);
      out.writeString(8, String.valueOf(value));
    }
    out.flush();
    return bytes.toByteArray();
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }

  /** A key pair for the centre. */
  public static KeyPair centre() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }
}
