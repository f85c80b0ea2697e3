// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A channel as it is named on the command line: {@code asset/channel}, or {@code
 * asset/channel=input+input} for one that a model derives.
 */
record SampleArgument(String asset, String channel, List<String> inputs) {

  @Override
  public String toString() {
    return asset + "/" + channel + (inputs.isEmpty() ? "" : "=" + String.join("+", inputs));
  }

  /** Reads the argument. */
  static final class Reader implements ITypeConverter<SampleArgument> {
    @Override
    public SampleArgument convert(String text) {
      int slash = text.indexOf('/');
      int equals = text.indexOf('=', slash + 1);
      String channel = equals < 0 ? text.substring(slash + 1) : text.substring(slash + 1, equals);
      if (slash < 1 || channel.isEmpty()) {
        throw new TypeConversionException("'" + text + "' is not asset/channel");
      }
      List<String> inputs =
          equals < 0 ? List.of() : List.of(text.substring(equals + 1).split("\\+", -1));
      return new SampleArgument(text.substring(0, slash), channel, inputs);
    }
  }
}
