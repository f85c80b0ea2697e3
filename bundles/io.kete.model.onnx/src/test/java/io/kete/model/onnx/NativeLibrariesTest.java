// SPDX-License-Identifier: EPL-2.0
package io.kete.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibrariesTest {

  private static final String RESOURCES = "/ai/onnxruntime/native/linux-x64/";
  private static final String LIBRARY = "libonnxruntime.so";

  @TempDir private Path data;

  @Test
  void unpacksOnceForAVersion() throws Exception {
    Path folder = NativeLibraries.kept(data, "onnxruntime-1", RESOURCES).orElseThrow();
    Path library = folder.resolve(LIBRARY);
    FileTime then = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(library, then);
    assertThat(NativeLibraries.kept(data, "onnxruntime-1", RESOURCES)).contains(folder);
    assertThat(Files.getLastModifiedTime(library)).isEqualTo(then);
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void unpacksAgainWhatIsNotWhole() throws Exception {
    Path folder = NativeLibraries.kept(data, "onnxruntime-1", RESOURCES).orElseThrow();
    Path library = folder.resolve(LIBRARY);
    long size = Files.size(library);
    Files.writeString(library, "half of it");
    Path other = folder.resolve("libonnxruntime4j_jni.so");
    byte[] right = Files.readAllBytes(other);
    Files.write(other, new byte[right.length]); // of another version, by chance as long
    assertThat(NativeLibraries.kept(data, "onnxruntime-1", RESOURCES)).contains(folder);
    assertThat(library).hasSize(size);
    assertThat(other).hasBinaryContent(right);
  }

  @Test
  void keepsNoFormerVersion() throws Exception {
    Path former = NativeLibraries.kept(data, "onnxruntime-1", RESOURCES).orElseThrow();
    assertThat(NativeLibraries.kept(data, "onnxruntime-2", RESOURCES)).isPresent();
    assertThat(former).doesNotExist();
  }

  @Test
  void saysWhenThereAreNone() throws Exception {
    assertThat(NativeLibraries.kept(data, "onnxruntime-1", "/ai/onnxruntime/native/none/"))
        .isEmpty();
    assertThat(data).isEmptyDirectory();
  }
}
