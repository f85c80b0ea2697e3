// SPDX-License-Identifier: EPL-2.0
package io.kete.cli.provision;

import io.kete.cli.Kete;
import io.kete.policy.cms.Identity;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The template of kura-config, signed, and an installation that has the definitions of all bundles
 * of this source tree.
 */
public final class Station {

  private static final Path SOURCES = Path.of("../..");

  final Path home;
  final Path data;
  final Path template;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  public Station(Path directory) throws IOException {
    home = directory.resolve("home");
    data = Files.createDirectories(directory.resolve("data"));
    template = directory.resolve("template");
    installation();
    copy(SOURCES.resolve("kura-config/template"), template);
    Instant now = Instant.now();
    Identity site =
        Identity.ec("site", now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(100)));
    write("anchors/policy/site.pem", site.pem());
    write("certificates/centre.pem", site.pem());
    Path key = Files.writeString(directory.resolve("site.key"), site.keyPem());
    execute(
        "policy",
        "sign",
        template.resolve("policy.json").toString(),
        "--key",
        key.toString(),
        "--cert",
        template.resolve("anchors/policy/site.pem").toString());
  }

  /** One bundle that defines what all bundles here do. */
  private void installation() throws IOException {
    Files.createDirectories(home.resolve("bundles"));
    try (Stream<Path> modules = Files.list(SOURCES.resolve("bundles"));
        JarOutputStream jar =
            new JarOutputStream(Files.newOutputStream(home.resolve("bundles/all.jar")))) {
      for (Path module : modules.toList()) {
        Path metatypes = module.resolve("target/classes/OSGI-INF/metatype");
        if (Files.isDirectory(metatypes)) {
          try (Stream<Path> files = Files.list(metatypes)) {
            for (Path file : files.toList()) {
              jar.putNextEntry(new JarEntry("OSGI-INF/metatype/" + file.getFileName()));
              jar.write(Files.readAllBytes(file));
            }
          }
        }
      }
    }
  }

  /** Runs the command with this installation and data. */
  public int execute(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    String[] where = {"--home", home.toString(), "--data", data.toString()};
    return Kete.run(
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        Stream.concat(Stream.of(where), Stream.of(args)).toArray(String[]::new));
  }

  public String out() {
    return out.toString();
  }

  public String err() {
    return err.toString();
  }

  Path write(String file, String text) throws IOException {
    Path path = template.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }

  void edit(String file, String from, String to) throws IOException {
    String text = Files.readString(template.resolve(file));
    if (!text.contains(from)) {
      throw new IllegalArgumentException(file + " does not hold " + from);
    }
    write(file, text.replace(from, to));
  }

  /** A directory of one gateway made of the template. */
  public Path gateway(Path directory) throws IOException {
    copy(template, directory);
    String values =
        Files.readString(directory.resolve("gateway.json"))
            .replace(
                "\"values\": {",
                "\"values\": {\"gateway\": \"gw-1\", \"site\": \"A & B\", \"pump.seed\": \"4\",");
    Files.writeString(directory.resolve("gateway.json"), values);
    Files.writeString(directory.resolve("secrets.properties"), "broker.password=hunter<2\n");
    return directory;
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      files.forEach(
          file -> {
            try {
              Path target = to.resolve(from.relativize(file).toString());
              if (Files.isDirectory(file)) {
                Files.createDirectories(target);
              } else {
                Files.copy(file, target);
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }

  /** Relative names and contents of all files in a directory, sorted. */
  public static List<String> contents(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .map(
              file -> {
                try {
                  return directory.relativize(file)
                      + "\n"
                      + HexFormat.of().formatHex(Files.readAllBytes(file));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .sorted()
          .toList();
    }
  }
}
