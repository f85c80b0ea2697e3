// SPDX-License-Identifier: EPL-2.0
package io.kete.model.runtime.store;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The file that a Java virtual machine writes when native code takes it down. */
final class CrashReport {

  private static final String OPTION = "-XX:ErrorFile=";
  private static final String USUAL = "hs_err_pid%p.log";
  private static final int HEAD = 1 << 16;

  /** Only the thread that loads is a witness against the model that was being loaded. */
  private static final Pattern LOADING =
      Pattern.compile("Current thread [^\\n]*\"model\\.runtime-load-");

  private final List<String> places;

  private CrashReport(List<String> places) {
    this.places = places;
  }

  /** Where the virtual machines of this gateway write it. */
  static CrashReport usual() {
    List<String> places = new ArrayList<>();
    for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (argument.startsWith(OPTION)) {
        places.add(argument.substring(OPTION.length()));
      }
    }
    places.add(USUAL);
    // where it goes when the working directory takes no files, whatever java.io.tmpdir says
    places.add("/tmp/" + USUAL);
    return new CrashReport(places);
  }

  /** Whether that process crashed after the given time, in the thread that loads models. */
  boolean blamesLoad(long process, FileTime since) {
    return places.stream().anyMatch(place -> blamesLoad(place, process, since));
  }

  private static boolean blamesLoad(String place, long process, FileTime since) {
    try {
      Path file = Path.of(place.replace("%p", Long.toString(process)));
      // the number of an older process may be the same
      return Files.isRegularFile(file)
          && Files.getLastModifiedTime(file).compareTo(since) >= 0
          && LOADING.matcher(head(file)).find();
    } catch (IOException | InvalidPathException e) {
      return false;
    }
  }

  private static String head(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
    }
  }
}
