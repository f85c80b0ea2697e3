// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.event.EventRecodingLogger;
import org.slf4j.event.SubstituteLoggingEvent;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.SubstituteLogger;

/** Everything that was logged since the start of the tests, at every level, with stack traces. */
public final class CapturedLog {

  private static final List<String> LINES = new CopyOnWriteArrayList<>();

  private CapturedLog() {}

  public static Logger logger(String name) {
    return new EventRecodingLogger(
        new SubstituteLogger(name, new java.util.concurrent.LinkedBlockingQueue<>(), true),
        new Recorder());
  }

  public static List<String> lines() {
    return List.copyOf(LINES);
  }

  public static long count(String part) {
    return LINES.stream().filter(line -> line.contains(part)).count();
  }

  private static final class Recorder
      extends java.util.concurrent.LinkedBlockingQueue<SubstituteLoggingEvent> {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean add(SubstituteLoggingEvent event) {
      StringWriter text = new StringWriter();
      text.append(event.getLevel() + " ");
      text.append(
          MessageFormatter.arrayFormat(event.getMessage(), event.getArgumentArray()).getMessage());
      if (event.getThrowable() != null) {
        event.getThrowable().printStackTrace(new PrintWriter(text, true));
      }
      return LINES.add(text.toString());
    }
  }
}
