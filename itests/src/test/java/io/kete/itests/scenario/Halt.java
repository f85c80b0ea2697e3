// SPDX-License-Identifier: EPL-2.0
package io.kete.itests.scenario;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.Method;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.StringReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Holds a gateway at a named step, from outside: a debugger with one breakpoint. What runs is the
 * product as it is; the thread that reached the step stands still until the process is killed.
 */
final class Halt implements AutoCloseable {

  /** What a gateway is started with. */
  static final String OPTIONS =
      "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0";

  static final String STEPS = "io.kete.container.deploy.install.Step";

  private final VirtualMachine machine;
  private final String steps;
  private final List<String> reached = new ArrayList<>();
  private final CountDownLatch held = new CountDownLatch(1);
  private Optional<String> wanted = Optional.empty();

  private Halt(VirtualMachine machine, String steps) {
    this.machine = machine;
    this.steps = steps;
  }

  /** Attaches to a gateway by the port it printed. */
  static Halt attach(String port) throws IOException, IllegalConnectorArgumentsException {
    return attach(port, STEPS);
  }

  /** The same with the steps of another enumeration. */
  static Halt attach(String port, String steps)
      throws IOException, IllegalConnectorArgumentsException {
    AttachingConnector connector =
        Bootstrap.virtualMachineManager().attachingConnectors().stream()
            .filter(each -> each.name().equals("com.sun.jdi.SocketAttach"))
            .findFirst()
            .orElseThrow();
    Map<String, Connector.Argument> arguments = connector.defaultArguments();
    Objects.requireNonNull(arguments.get("hostname")).setValue("127.0.0.1");
    Objects.requireNonNull(arguments.get("port")).setValue(port);
    Halt halt = new Halt(connector.attach(arguments), steps);
    halt.watch();
    return halt;
  }

  private void watch() {
    ClassPrepareRequest prepared = machine.eventRequestManager().createClassPrepareRequest();
    prepared.addClassFilter(steps);
    prepared.setSuspendPolicy(EventRequest.SUSPEND_ALL);
    prepared.enable();
    machine.classesByName(steps).forEach(this::mark);
    Thread thread = new Thread(this::listen, "halt");
    thread.setDaemon(true);
    thread.start();
  }

  private void mark(ReferenceType type) {
    Method method = type.methodsByName("reached").get(0);
    var breakpoint = machine.eventRequestManager().createBreakpointRequest(method.location());
    breakpoint.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
    breakpoint.enable();
  }

  private void listen() {
    try {
      while (true) {
        EventSet events = machine.eventQueue().remove();
        boolean stay = false;
        for (Event event : events) {
          if (event instanceof ClassPrepareEvent prepared) {
            mark(prepared.referenceType());
          } else if (event instanceof BreakpointEvent hit) {
            stay |= isWanted(hit);
          }
        }
        if (stay) {
          held.countDown();
        } else {
          events.resume();
        }
      }
    } catch (VMDisconnectedException | IncompatibleThreadStateException gone) {
      // the gateway was killed
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean isWanted(BreakpointEvent hit)
      throws IncompatibleThreadStateException {
    ObjectReference step = hit.thread().frame(0).thisObject();
    var name = step.getValue(step.referenceType().fieldByName("name"));
    String text = ((StringReference) name).value();
    reached.add(text);
    return wanted.filter(text::equals).isPresent();
  }

  /** From now on a thread that reaches this step stands still. */
  synchronized void at(String step) {
    reached.clear();
    wanted = Optional.of(step);
  }

  /** Whether it stands within the time. */
  boolean isHeld(long seconds) throws InterruptedException {
    return held.await(seconds, TimeUnit.SECONDS);
  }

  /** The steps that were reached since the last call. */
  synchronized List<String> reached() {
    List<String> seen = List.copyOf(reached);
    reached.clear();
    return seen;
  }

  @Override
  public void close() {
    try {
      machine.dispose();
    } catch (VMDisconnectedException gone) {
      // killed already
    }
  }
}
