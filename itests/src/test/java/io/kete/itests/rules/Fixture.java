// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.rules;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Classes that break a rule, compiled from text so that they stand nowhere else. */
final class Fixture {

  private static final Pattern CLASS = Pattern.compile("class (?<name>\\w+)");

  private Fixture() {}

  static JavaClasses compile(Path folder, String... sources) {
    try {
      Path output = Files.createTempDirectory(folder, "classes");
      List<JavaFileObject> units = new ArrayList<>();
      for (String source : sources) {
        units.add(new Unit(source));
      }
      JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
      StringWriter messages = new StringWriter();
      List<String> options = List.of("-d", output.toString(), "-proc:none");
      if (!compiler.getTask(messages, null, null, options, null, units).call()) {
        throw new IllegalArgumentException(messages.toString());
      }
      return new ClassFileImporter().importPath(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Unit extends SimpleJavaFileObject {
    private final String source;

    Unit(String source) {
      super(URI.create("string:///" + name(source) + ".java"), Kind.SOURCE);
      this.source = source;
    }

    private static String name(String source) {
      Matcher type = CLASS.matcher(source);
      if (!type.find()) {
        throw new IllegalArgumentException(source);
      }
      return type.group("name");
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return source;
    }
  }
}
