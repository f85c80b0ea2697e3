// SPDX-License-Identifier: EPL-2.0
package io.kete.container.deploy.repository;

import io.kete.container.deploy.pack.RefusedException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file {@code SHA256SUMS} of a repository. Its signature is the signature of the whole.
 *
 * @param name of the repository
 * @param increment larger in each later state of it
 * @param files digest of each file by its path
 */
record SumList(String name, long increment, Map<String, String> files) {

  /** Most bytes it may have. */
  static final int MAX_BYTES = 1 << 20;

  private static final int MAX_FILES = 8192;
  private static final int MAX_PATH = 200;
  private static final Pattern HEAD =
      Pattern.compile("# kete-repository/1 name=([a-z0-9][a-z0-9-]{0,63}) increment=(\\d{1,18})");
  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  (\\S+)");
  private static final Pattern PATH =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+-]*(/[A-Za-z0-9_][A-Za-z0-9._+-]*)*");

  SumList {
    files = Map.copyOf(files);
  }

  static SumList parse(byte[] bytes) throws RefusedException {
    List<String> lines = text(bytes).lines().limit(MAX_FILES + 2L).toList();
    Matcher head = HEAD.matcher(lines.isEmpty() ? "" : lines.get(0));
    if (!head.matches()) {
      throw new RefusedException("its SHA256SUMS does not begin as one of a Kete repository");
    }
    if (lines.size() > MAX_FILES + 1) {
      throw new RefusedException("its SHA256SUMS names more than " + MAX_FILES + " files");
    }
    Map<String, String> files = new HashMap<>();
    for (int i = 1; i < lines.size(); i++) {
      Matcher line = LINE.matcher(lines.get(i));
      if (!line.matches() || !isPath(line.group(2))) {
        throw new RefusedException(
            "line " + (i + 1) + " of its SHA256SUMS is not a sum and a plain relative path");
      }
      if (files.put(line.group(2), line.group(1)) != null) {
        throw new RefusedException("its SHA256SUMS names a file twice in line " + (i + 1));
      }
    }
    return new SumList(head.group(1), Long.parseLong(head.group(2)), files);
  }

  /** Whether it stays below the folder it is read from. */
  static boolean isPath(String text) {
    return text.length() <= MAX_PATH && PATH.matcher(text).matches();
  }

  private static String text(byte[] bytes) throws RefusedException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new RefusedException("its SHA256SUMS is no text in UTF-8", e);
    }
  }
}
