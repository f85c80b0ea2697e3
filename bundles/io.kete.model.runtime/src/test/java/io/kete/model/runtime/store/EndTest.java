// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The evidence against a model whose load ended the process. */
class EndTest {

  private static final String DIGEST = "ab".repeat(32);

  @TempDir Path folder;
  private Path report = Path.of("");

  @AfterEach
  void clean() throws Exception {
    if (!report.toString().isEmpty()) {
      Files.deleteIfExists(report);
    }
  }

  /** A process of its own, taken down by native code. */
  static final class Crash {
    public static void main(String[] args) throws Exception {
      Class<?> type = Class.forName("sun.misc.Unsafe");
      Field field = type.getDeclaredField("theUnsafe");
      field.setAccessible(true);
      Object unsafe = field.get(null);
      Method write = type.getMethod("putAddress", long.class, long.class);
      Thread thread =
          new Thread(
              () -> {
                try {
                  write.invoke(unsafe, 0L, 0L);
                } catch (ReflectiveOperationException e) {
                  throw new IllegalStateException(e);
                }
              },
              args[0]);
      thread.start();
      thread.join();
    }
  }

  private void crashes(String thread) throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:-CreateCoredumpOnCrash",
                "-Xmx16m",
                "-cp",
                System.getProperty("java.class.path"),
                Crash.class.getName(),
                thread)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("console").toFile())
            .start();
    assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).isNotZero();
    report = Path.of("hs_err_pid" + child.pid() + ".log").toAbsolutePath();
    assertThat(report).exists();
    writtenBy(child.pid());
  }

  /** As if that process had tried a model. */
  private void writtenBy(long process) throws Exception {
    new Memory(folder).write("s", SlotRecord.NOTHING.tryOut(DIGEST));
    Path file = folder.resolve("slots/s.json");
    Files.writeString(
        file, Files.readString(file).replaceAll("\"process\":\\d+", "\"process\":" + process));
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
  }

  @Test
  void aCrashOfTheThreadThatLoadsIsEvidence() throws Exception {
    crashes("model.runtime-load-1");
    Memory memory = new Memory(folder);
    assertThat(memory.end("s")).isEqualTo(End.CRASH);
    assertThat(End.CRASH.patience(false)).isEqualTo(1);

    // a report that was there before the model was tried is of another process
    Files.setLastModifiedTime(report, FileTime.from(Instant.now().minusSeconds(3600)));
    assertThat(memory.end("s")).isEqualTo(End.UNKNOWN);
  }

  @Test
  void aCrashElsewhereIsNone() throws Exception {
    crashes("somebody-else");
    assertThat(new Memory(folder).end("s")).isEqualTo(End.UNKNOWN);
  }

  @Test
  void whatServedBeforeIsTriedMoreOften() {
    assertThat(End.UNKNOWN.patience(false)).isEqualTo(2);
    assertThat(End.MACHINE.patience(false)).isEqualTo(3);
    assertThat(End.CRASH.patience(true)).isEqualTo(3);
    assertThat(End.UNKNOWN.patience(true)).isEqualTo(3);
    assertThat(End.MACHINE.patience(true)).isEqualTo(9);
  }
}
