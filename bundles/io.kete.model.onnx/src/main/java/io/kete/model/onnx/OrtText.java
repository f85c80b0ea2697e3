// SPDX-License-Identifier: EPL-2.0
package io.kete.model.onnx;

/** Messages of ONNX Runtime, made fit for one line of a log. */
final class OrtText {

  private static final int LONGEST = 300;
  private static final String MARK = "message: ";

  private OrtText() {}

  static String of(Exception failure) {
    String message = String.valueOf(failure.getMessage());
    int mark = message.indexOf(MARK);
    String text = mark < 0 ? message : message.substring(mark + MARK.length());
    String line = text.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }
}
