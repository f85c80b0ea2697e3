// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.pack;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A deployment package without some of its bundles, made while it is read: what is left is a
 * package of the same name and version. Holds a block of it in memory, never more. For files that
 * were read through and found good; their signature, which is one of the whole, is left out.
 */
public final class PartialPackage extends InputStream {

  private static final int BLOCK = 1 << 15;
  private static final int MAX_MANIFEST = 1 << 20;

  private final Set<String> without;
  private final ZipInputStream in;
  private final ByteArrayOutputStream ready = new ByteArrayOutputStream(2 * BLOCK);
  private final ZipOutputStream out = new ZipOutputStream(ready, StandardCharsets.UTF_8);
  private final byte[] block = new byte[BLOCK];
  private byte[] taken = new byte[0];
  private int position;
  private boolean inside;
  private boolean ended;

  /** That file, without the entries of these paths. */
  public PartialPackage(Path file, Set<String> without) throws IOException {
    this.without = Set.copyOf(without);
    this.in = new ZipInputStream(Files.newInputStream(file), StandardCharsets.UTF_8);
    // inflated again at once, on the same machine
    out.setLevel(Deflater.NO_COMPRESSION);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    while (position == taken.length) {
      if (ended) {
        return -1;
      }
      step();
      taken = ready.toByteArray();
      ready.reset();
      position = 0;
    }
    int count = Math.min(length, taken.length - position);
    System.arraycopy(taken, position, bytes, offset, count);
    position += count;
    return count;
  }

  /** Makes a little more, perhaps nothing. */
  private void step() throws IOException {
    if (inside) {
      int read = in.read(block);
      if (read < 0) {
        out.closeEntry();
        inside = false;
      } else {
        out.write(block, 0, read);
      }
      return;
    }
    ZipEntry next = in.getNextEntry();
    if (next == null) {
      out.close();
      ended = true;
    } else if (next.getName().equals(JarFile.MANIFEST_NAME)) {
      begin(next);
      manifest().write(out);
      out.closeEntry();
      inside = false;
    } else if (!without.contains(next.getName()) && !next.getName().equals(PackageFile.SIGNATURE)) {
      begin(next);
    }
  }

  private void begin(ZipEntry entry) throws IOException {
    out.putNextEntry(new ZipEntry(entry.getName()));
    inside = true;
  }

  private Manifest manifest() throws IOException {
    Manifest manifest = new Manifest(new ByteArrayInputStream(in.readNBytes(MAX_MANIFEST)));
    manifest.getEntries().keySet().removeAll(without);
    return manifest;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
