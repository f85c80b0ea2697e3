// SPDX-License-Identifier: EPL-2.0
package io.kete.receiver;

import io.kete.receiver.ReceiverException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.AuthEnvelopedData;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.EncryptedContentInfo;
import org.bouncycastle.asn1.cms.GCMParameters;
import org.bouncycastle.asn1.cms.KEKIdentifier;
import org.bouncycastle.asn1.cms.KEKRecipientInfo;
import org.bouncycastle.asn1.cms.OriginatorInfo;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * A block envelope taken apart. AES-GCM protects the content only; everything around it is
 * protected by accepting one encoding: the envelope is written again from its parts and has to come
 * out the same.
 */
final class BlockEnvelope {

  private static final int MAX_BYTES = 64 << 20;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final int WRAPPED_BYTES = 40;

  private final byte[] wrapped;
  private final byte[] nonce;
  private final byte[] encrypted;
  private final byte[] tag;

  private BlockEnvelope(byte[] wrapped, byte[] nonce, byte[] encrypted, byte[] tag) {
    this.wrapped = wrapped;
    this.nonce = nonce;
    this.encrypted = encrypted;
    this.tag = tag;
  }

  static BlockEnvelope parse(String epoch, ByteBuffer envelope) throws ReceiverException {
    if (envelope.remaining() > MAX_BYTES) {
      throw damaged();
    }
    byte[] der = new byte[envelope.remaining()];
    envelope.duplicate().get(der);
    try {
      BlockEnvelope parts = parts(der);
      if (!Arrays.equals(parts.encoded(HexFormat.of().parseHex(epoch)), der)) {
        throw damaged();
      }
      return parts;
    } catch (IOException
        | IllegalArgumentException
        | IllegalStateException
        | IndexOutOfBoundsException
        | ClassCastException
        | NullPointerException e) {
      // malformed ASN.1 ends here: Bouncy Castle reports it in all of these ways
      throw damaged();
    }
  }

  private static BlockEnvelope parts(byte[] der) throws IOException, ReceiverException {
    ContentInfo info = ContentInfo.getInstance(ASN1Primitive.fromByteArray(der));
    AuthEnvelopedData data = AuthEnvelopedData.getInstance(info.getContent());
    EncryptedContentInfo content = data.getAuthEncryptedContentInfo();
    RecipientInfo recipient = RecipientInfo.getInstance(data.getRecipientInfos().getObjectAt(0));
    KEKRecipientInfo kek = KEKRecipientInfo.getInstance(recipient.getInfo());
    GCMParameters parameters =
        GCMParameters.getInstance(content.getContentEncryptionAlgorithm().getParameters());
    BlockEnvelope parts =
        new BlockEnvelope(
            kek.getEncryptedKey().getOctets(),
            parameters.getNonce(),
            content.getEncryptedContent().getOctets(),
            data.getMac().getOctets());
    boolean sizes =
        parts.wrapped.length == WRAPPED_BYTES
            && parts.nonce.length == NONCE_BYTES
            && parts.tag.length == TAG_BYTES;
    if (!sizes) {
      throw damaged();
    }
    return parts;
  }

  private byte[] encoded(byte[] keyId) throws IOException {
    KEKRecipientInfo kek =
        new KEKRecipientInfo(
            new KEKIdentifier(keyId, null, null),
            new AlgorithmIdentifier(NISTObjectIdentifiers.id_aes256_wrap),
            new DEROctetString(wrapped));
    EncryptedContentInfo content =
        new EncryptedContentInfo(
            CMSObjectIdentifiers.data,
            new AlgorithmIdentifier(
                NISTObjectIdentifiers.id_aes256_GCM, new GCMParameters(nonce, TAG_BYTES)),
            new DEROctetString(encrypted));
    OriginatorInfo nobody = null;
    ASN1OctetString mac = new DEROctetString(tag);
    AuthEnvelopedData data =
        new AuthEnvelopedData(nobody, new DERSet(new RecipientInfo(kek)), content, null, mac, null);
    return new ContentInfo(CMSObjectIdentifiers.authEnvelopedData, data).getEncoded("DER");
  }

  byte[] decrypt(SecretKey epochKey) throws ReceiverException {
    try {
      Cipher unwrap = Cipher.getInstance("AESWrap");
      unwrap.init(Cipher.UNWRAP_MODE, epochKey);
      SecretKey key = (SecretKey) unwrap.unwrap(wrapped, "AES", Cipher.SECRET_KEY);
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
      byte[] sealed = Arrays.copyOf(encrypted, encrypted.length + TAG_BYTES);
      System.arraycopy(tag, 0, sealed, encrypted.length, TAG_BYTES);
      return cipher.doFinal(sealed);
    } catch (GeneralSecurityException e) {
      throw damaged();
    }
  }

  static ReceiverException damaged() {
    return new ReceiverException(
        Reason.DAMAGED_BLOCK, "the sealed block is damaged or was changed");
  }
}
