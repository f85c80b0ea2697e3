// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms.trust;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.cms.CMSTypedData;

/** Content that passes through a digest once and is never held as a whole. */
final class StreamedContent implements CMSTypedData {

  private final InputStream in;
  private boolean read;

  StreamedContent(InputStream in) {
    this.in = in;
  }

  @Override
  public void write(OutputStream out) throws IOException {
    if (read) {
      throw new IOException("content can be read once");
    }
    read = true;
    byte[] buffer = new byte[8192];
    for (int got = read(buffer); got >= 0; got = read(buffer)) {
      out.write(buffer, 0, got);
    }
  }

  private int read(byte[] buffer) throws ContentException {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      throw new ContentException(e);
    }
  }

  @Override
  public Object getContent() {
    return in;
  }

  @Override
  public ASN1ObjectIdentifier getContentType() {
    return CMSObjectIdentifiers.data;
  }
}
