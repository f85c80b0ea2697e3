// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.rules;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Rules about the text of Java files. */
final class Sources {

  static final String LICENCE = "SPDX-License-Identifier: EPL-2.0";

  private static final int MAX_FILE_LINES = 400;
  private static final int MAX_METHOD_LINES = 40;
  private static final Pattern OPEN_POINT =
      Pattern.compile("\\b(TO" + "DO|FIX" + "ME)\\b(?!\\(#\\d+\\))");
  private static final Pattern SLEEP =
      Pattern.compile(
          "Thread\\.(sleep|onSpinWait)|TimeUnit\\.\\w+\\.sleep|(\\w+\\.)*park(Nanos|Until)");

  private Sources() {}

  /**
   * Sentences about what is wrong.
   *
   * @param files texts by name
   */
  static List<String> violations(Map<String, String> files) {
    List<String> violations = new ArrayList<>();
    files.forEach((file, text) -> violations.addAll(lines(file, text)));
    List<Unit> units = new ArrayList<>();
    files.forEach((file, text) -> units.add(new Unit(file, text)));
    JavacTask task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, message -> {}, List.of("-proc:none"), null, units);
    try {
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree tree : task.parse()) {
        String file = tree.getSourceFile().toUri().getPath().substring(1);
        new Methods(file, tree, positions).scan(tree, violations);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return violations;
  }

  /** Whether a build file says its licence in the first line, or the one after XML's own. */
  static boolean namesLicence(String text) {
    return text.lines().limit(2).anyMatch(line -> line.contains(LICENCE));
  }

  private static List<String> lines(String file, String text) {
    List<String> violations = new ArrayList<>();
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.get(0).equals("// " + LICENCE)) {
      violations.add(file + ": the first line is not the licence");
    }
    if (lines.size() > MAX_FILE_LINES) {
      violations.add(file + " has " + lines.size() + " lines");
    }
    if (OPEN_POINT.matcher(text).find()) {
      violations.add(file + " has an open point without its number");
    }
    return violations;
  }

  private static final class Unit extends SimpleJavaFileObject {
    private final String text;

    Unit(String file, String text) {
      super(URI.create("string:///" + file.replace('\\', '/')), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class Methods extends TreeScanner<@Nullable Void, List<String>> {
    private final String file;
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final LineMap lines;

    Methods(String file, CompilationUnitTree unit, SourcePositions positions) {
      this.file = file;
      this.unit = unit;
      this.positions = positions;
      this.lines = unit.getLineMap();
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, List<String> violations) {
      BlockTree body = method.getBody();
      if (body != null) {
        long first = lines.getLineNumber(positions.getStartPosition(unit, body));
        long last = lines.getLineNumber(positions.getEndPosition(unit, body));
        if (last - first + 1 > MAX_METHOD_LINES) {
          violations.add(
              file + ": method " + method.getName() + " has " + (last - first + 1) + " lines");
        }
      }
      return super.visitMethod(method, violations);
    }

    @Override
    public @Nullable Void visitMethodInvocation(
        MethodInvocationTree call, List<String> violations) {
      if (SLEEP.matcher(call.getMethodSelect().toString()).matches()) {
        violations.add(file + ": sleeps in line " + line(call));
      }
      return super.visitMethodInvocation(call, violations);
    }

    private long line(MethodInvocationTree call) {
      return lines.getLineNumber(positions.getStartPosition(unit, call));
    }
  }
}
