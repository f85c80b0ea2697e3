// SPDX-License-Identifier: EPL-2.0
package io.kete.model.onnx;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The native code of ONNX Runtime on the disk, kept from start to start. By itself the library
 * unpacks 24 MB into a new temporary directory at each start, and leaves it there when the process
 * is killed. It is unpacked once for each version instead, whole or not at all.
 *
 * <p>A library file belongs to one class loader of a process: after the runtime's bundle was
 * replaced, the new one takes copies of its own, as it does without this class.
 */
final class NativeLibraries {

  /** Property of ONNX Runtime: the directory it loads from. */
  static final String PATH = "onnxruntime.native.path";

  private static final Logger logger = LoggerFactory.getLogger(NativeLibraries.class);
  private static final String TAKEN = "io.kete.model.onnx.native.taken";
  private static final String RESOURCES = "/ai/onnxruntime/native/linux-";
  private static final String PREFIX = "onnxruntime-";
  private static final List<String> FILES = List.of("libonnxruntime.so", "libonnxruntime4j_jni.so");

  private NativeLibraries() {}

  /** Has the runtime load kept files, on hosts that say where data is kept. */
  static synchronized void prepare() {
    Bundle own = FrameworkUtil.getBundle(NativeLibraries.class);
    Bundle runtime = FrameworkUtil.getBundle(OrtEnvironment.class);
    if (own == null || own.getBundleContext() == null || runtime == null) {
      return;
    }
    String data = own.getBundleContext().getProperty("kete.data");
    if (data == null) {
      return;
    }
    if (System.getProperty(TAKEN) != null) {
      System.clearProperty(PATH);
      return;
    }
    try {
      Optional<Path> kept =
          kept(
              Path.of(data, "native"),
              PREFIX + runtime.getVersion(),
              RESOURCES + ("amd64".equals(System.getProperty("os.arch")) ? "x64/" : "aarch64/"));
      kept.ifPresent(
          folder -> {
            System.setProperty(TAKEN, "true");
            System.setProperty(PATH, folder.toString());
          });
    } catch (IOException e) {
      logger.warn("native_not_kept: ONNX Runtime unpacks a copy for this start", e);
    }
  }

  /** Files that do not load are unpacked anew at the next start. */
  static synchronized void discard() {
    String folder = System.clearProperty(PATH);
    if (folder != null) {
      try {
        for (String file : FILES) {
          Files.deleteIfExists(Path.of(folder, file));
        }
      } catch (IOException e) {
        logger.warn("native_not_discarded folder={}: delete it", folder, e);
      }
    }
  }

  /**
   * Gives the directory with all files; empty when they are no resources. When one of them is not
   * the one of this runtime all are unpacked, for they belong together.
   */
  static Optional<Path> kept(Path parent, String name, String resources) throws IOException {
    Path folder = parent.resolve(name);
    boolean whole = true;
    for (String file : FILES) {
      URL resource = OrtEnvironment.class.getResource(resources + file);
      if (resource == null) {
        return Optional.empty();
      }
      whole &= isOf(resource, folder.resolve(file));
    }
    if (!whole) {
      forgetOthers(parent, folder);
      for (String file : FILES) {
        unpack(resources + file, folder.resolve(file));
      }
    }
    return Optional.of(folder);
  }

  private static boolean isOf(URL resource, Path target) throws IOException {
    URLConnection connection = resource.openConnection();
    try (InputStream opened = connection.getInputStream()) {
      return opened != null
          && Files.isRegularFile(target)
          && Files.size(target) == connection.getContentLengthLong();
    }
  }

  private static void unpack(String resource, Path target) throws IOException {
    Files.createDirectories(target.resolveSibling(""));
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try (InputStream in = OrtEnvironment.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException(resource + " is gone");
      }
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
    }
    try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
      written.force(true);
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void forgetOthers(Path parent, Path folder) throws IOException {
    if (!Files.isDirectory(parent)) {
      return;
    }
    try (DirectoryStream<Path> others = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path other : others) {
        if (!other.equals(folder)) {
          for (String file : FILES) {
            Files.deleteIfExists(other.resolve(file));
            Files.deleteIfExists(other.resolve(file + ".part"));
          }
          Files.deleteIfExists(other);
        }
      }
    }
  }
}
