// SPDX-License-Identifier: EPL-2.0
package io.kete.demo.plant;

import com.digitalpetri.modbus.Modbus;
import com.digitalpetri.modbus.server.ModbusTcpServer;
import com.digitalpetri.modbus.tcp.Netty;
import com.digitalpetri.modbus.tcp.server.NettyTcpServerTransport;
import io.kete.demo.Lines;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A simulated pump behind a real Modbus TCP server. Prints {@code plant port=N}. The line {@code
 * stop} on its input makes it answer "busy" from then on and print {@code stopped served=N}; the
 * end of its input ends it.
 */
public final class Plant implements AutoCloseable {

  private static final long LIMIT_SECONDS = 10;

  private final PumpServices services;
  private final Truth truth;
  private final NettyTcpServerTransport transport;
  private final int port;

  private Plant(PumpServices services, Truth truth, NettyTcpServerTransport transport, int port) {
    this.services = services;
    this.truth = truth;
    this.transport = transport;
    this.port = port;
  }

  /** Starts to serve on the loopback interface; port 0 means any free one. */
  public static Plant start(int port, long seed, Path truthFile)
      throws IOException, InterruptedException {
    Truth truth = new Truth(truthFile);
    PumpServices services = new PumpServices(new PumpModel(seed), truth, Clock.systemUTC());
    CompletableFuture<Integer> bound = new CompletableFuture<>();
    NettyTcpServerTransport transport =
        NettyTcpServerTransport.create(
            config ->
                config
                    .setBindAddress("127.0.0.1")
                    .setPort(port)
                    .setBootstrapCustomizer(bootstrap -> bootstrap.handler(new PortTeller(bound))));
    ModbusTcpServer server = ModbusTcpServer.create(transport, services);
    try {
      server.start();
      return new Plant(services, truth, transport, bound.get(LIMIT_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException e) {
      truth.close();
      throw new IOException("the plant cannot listen on port " + port, e);
    }
  }

  /** Port of the Modbus server. */
  public int port() {
    return port;
  }

  /** Serves no further state; gives how many there were. */
  public long stop() {
    services.stop();
    return truth.size();
  }

  @Override
  public void close() throws IOException {
    stop();
    try {
      transport.unbind().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the plant did not close its port", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      truth.close();
    }
  }

  /** Tells the port when the server socket is bound. */
  private static final class PortTeller extends ChannelInboundHandlerAdapter {
    private final CompletableFuture<Integer> bound;

    PortTeller(CompletableFuture<Integer> bound) {
      this.bound = bound;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      bound.complete(((InetSocketAddress) context.channel().localAddress()).getPort());
      context.fireChannelActive();
    }
  }

  @Command(
      name = "plant",
      mixinStandardHelpOptions = true,
      description = "A simulated pump behind a Modbus TCP server on 127.0.0.1.")
  static final class Options implements Callable<Integer> {

    @Option(names = "--port", description = "Port; 0 takes a free one.")
    int port;

    @Option(names = "--seed", description = "Same seed, same pump.")
    long seed = 1;

    @Option(
        names = "--truth",
        required = true,
        description = "File that gets every state that was served.")
    Path truth = Path.of("truth.csv");

    @Override
    public Integer call() throws IOException, InterruptedException {
      CountDownLatch ended = new CountDownLatch(1);
      try (Plant plant = Plant.start(port, seed, truth)) {
        System.out.println("plant port=" + plant.port());
        Runtime.getRuntime().addShutdownHook(new Thread(plant::stop, "plant-stop"));
        Lines.read(
            "plant-commands",
            System.in,
            line -> {
              if (line.equals("stop")) {
                System.out.println("stopped served=" + plant.stop());
              }
            },
            ended::countDown);
        ended.await();
      }
      Netty.releaseSharedResources();
      Modbus.releaseSharedResources();
      return 0;
    }
  }

  /** Runs until the input ends. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Options()).execute(args));
  }
}
