// SPDX-License-Identifier: EPL-2.0
package io.kete.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {

  @TempDir Path directory;

  /** What a bundle would bring: its own class with an ancestor and an interface of its own. */
  public static class Parent {}

  /** Loaded by a loader of its own. */
  public static final class Child extends Parent implements Runnable {
    @Override
    public void run() {
      System.out.println("child ran");
    }
  }

  /** Main class of the child process: stands for the framework. */
  public static final class Loading {
    private Loading() {}

    /** Loads a class from the jar inside of the "bundle". */
    public static void main(String... args) throws Exception {
      try (URLClassLoader loader =
          new URLClassLoader(new URL[] {Path.of(args[0]).toUri().toURL()}, null)) {
        ((Runnable) loader.loadClass(args[1]).getConstructor().newInstance()).run();
      }
    }
  }

  @Test
  void aClassOfABundleComesFromTheArchive() throws Exception {
    Path launcher = jar("launcher.jar", Loading.class);
    Path bundle = jar("bundle.jar", Parent.class, Child.class);
    List<String> record =
        List.of(
            "-XX:DumpLoadedClassList=" + directory.resolve("loaded.jdk"),
            "-Xlog:class+load=debug:file=" + directory.resolve("loaded.log"));
    assertThat(java(launcher, bundle, record)).contains("child ran");

    assertThat(ClassArchive.write(directory)).isEqualTo(2);
    Path archive = directory.resolve("classes.jsa");
    java(
        launcher,
        bundle,
        List.of(
            "-Xshare:dump",
            "-XX:SharedClassListFile=" + directory.resolve("classes.list"),
            "-XX:SharedArchiveFile=" + archive));
    assertThat(archive).exists();

    String loaded =
        java(
            launcher,
            bundle,
            List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:class+load=info:stdout"));
    assertThat(loaded)
        .contains("child ran")
        .containsPattern("ClassArchiveTest\\$Child source: shared objects file");
  }

  @Test
  void leavesOutWhatItCannotName() throws IOException {
    LoadedClasses classes = new LoadedClasses((bundle, name) -> Optional.of(bundle));
    assertThat(classes.read("[0.01s][info ][class,load] a.Lambda/0x1 source: a.B")).isEmpty();
    assertThat(classes.read("nonsense")).isEmpty();
    assertThat(classes.read("  klass: 0x1 super: 0x0 loader: [of 'bootstrap']")).isEmpty();
    assertThat(classes.read("[0.01s][info][class,load] a.Orphan source: file:/x.jar")).isEmpty();
    assertThat(classes.read("  klass: 0x2 super: 0x9 loader: [for instance a 'L']")).isEmpty();
    assertThat(classes.ofBundles()).isZero();
  }

  @Test
  void findsClassesInJarsInsideOfABundle() throws IOException {
    Path inner = jar("inner.jar", Parent.class);
    Path bundle = directory.resolve("outer.jar");
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(bundle))) {
      jar.putNextEntry(new JarEntry("../lib/inner.jar"));
      Files.copy(inner, jar);
    }
    NestedJars jars = new NestedJars(directory.resolve("nested"));
    String name = Parent.class.getName().replace('.', '/');
    assertThat(jars.fileOf(bundle, name)).get().asString().contains("nested").endsWith(".jar");
    assertThat(jars.fileOf(bundle, "not/There")).isEmpty();
    assertThat(jars.fileOf(directory.resolve("gone.jar"), name)).isEmpty();
  }

  private Path jar(String name, Class<?>... classes) throws IOException {
    Path file = directory.resolve(name);
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out)) {
      for (Class<?> type : classes) {
        String entry = type.getName().replace('.', '/') + ".class";
        jar.putNextEntry(new JarEntry(entry));
        try (InputStream content = type.getClassLoader().getResourceAsStream(entry)) {
          content.transferTo(jar);
        }
      }
    }
    return file;
  }

  private String java(Path launcher, Path bundle, List<String> options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", launcher.toString(), Loading.class.getName()));
    command.addAll(List.of(bundle.toString(), Child.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
