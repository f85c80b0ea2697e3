// SPDX-License-Identifier: EPL-2.0
package io.kete.cli;

import io.kete.receiver.KeyRing;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "unseal",
    description = {
      "Opens the sealed records of a gateway with the private key of a recipient and prints one"
          + " line for each sample.",
      "Input are files or folders of files that hold one MQTT message each; '-' for lines on"
          + " standard input whose last word is a message in hexadecimal (mosquitto_sub -F '%%t"
          + " %%x'); or a broker."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything sealed was opened",
      "1:a record was damaged, or the input cannot be read",
      "2:wrong options",
      "4:records are left that this key does not open"
    },
    mixinStandardHelpOptions = true)
final class UnsealCommand implements Callable<Integer> {

  static final int LEFT_CLOSED = 4;

  private static final Pattern BROKER =
      Pattern.compile("(tcp|ssl|mqtts?)://(\\[[0-9a-fA-F:.]+]|[\\w.-]+)(:\\d{1,5})?");

  @Spec private CommandSpec spec;

  @Mixin private PrivateKeyOptions keyOptions;

  @Parameters(paramLabel = "FILE", arity = "0..*", description = "Files, folders, or - .")
  private List<String> inputs = new ArrayList<>();

  @Option(
      names = "--broker",
      paramLabel = "URI",
      description = "Listen at this broker instead, for instance mqtts://broker:8883.")
  private @Nullable String broker;

  @Mixin private BrokerOptions brokerOptions;

  @Option(names = "--json", description = "Print each sample as a JSON object.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    if (inputs.isEmpty() == (broker == null)) {
      throw new ParameterException(
          spec.commandLine(), "Name files, or - for standard input, or a --broker.");
    }
    if (broker != null && !BROKER.matcher(broker).matches()) {
      throw new ParameterException(
          spec.commandLine(),
          "--broker " + broker + ": mqtt://HOST:PORT or mqtts://HOST:PORT is needed");
    }
    PrintWriter err = spec.commandLine().getErr();
    try {
      KeyRing ring = new KeyRing(List.of(keyOptions.read()));
      Unsealer unsealer = new Unsealer(ring, json, this::println, err::println);
      if (broker == null) {
        for (String input : inputs) {
          read(unsealer, input);
        }
      } else {
        brokerOptions.listen(address(broker), unsealer);
      }
      return result(unsealer, err);
    } catch (PrivateKeyOptions.NoKeyException e) {
      err.println(e.getMessage());
    } catch (NoSuchFileException e) {
      err.println("kete: " + e.getFile() + ": there is no such file");
    } catch (IOException e) {
      err.println("kete: " + e.getMessage());
    } catch (MqttException e) {
      err.println("kete: " + broker + ": " + e);
    }
    return ExitCode.FAILED;
  }

  private static int result(Unsealer unsealer, PrintWriter err) {
    if (unsealer.closed() > 0) {
      err.println(
          "kete: "
              + unsealer.closed()
              + " records or keys are for others, or their key is missing");
    }
    return unsealer.failures() > 0
        ? ExitCode.FAILED
        : unsealer.closed() > 0 ? LEFT_CLOSED : ExitCode.OK;
  }

  private static void read(Unsealer unsealer, String input) throws IOException {
    if (input.equals("-")) {
      readLines(unsealer);
      return;
    }
    try (Stream<Path> files = Files.walk(Path.of(input))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        unsealer.message(file.toString(), Files.readAllBytes(file));
      }
    }
  }

  private static void readLines(Unsealer unsealer) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    int number = 0;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      number++;
      String hex = line.strip().substring(line.strip().lastIndexOf(' ') + 1);
      try {
        unsealer.message("line " + number, HexFormat.of().parseHex(hex));
      } catch (IllegalArgumentException e) {
        throw new IOException("line " + number + " does not end with hexadecimal digits");
      }
    }
  }

  private void println(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }

  /** The client's own words for the schemes a gateway's configuration uses. */
  static String address(String broker) {
    return broker.replaceFirst("^mqtt:", "tcp:").replaceFirst("^mqtts:", "ssl:");
  }
}
