// SPDX-License-Identifier: EPL-2.0
package io.kete.benchmarks.model;

import com.sun.jdi.ArrayReference;
import com.sun.jdi.Bootstrap;
import com.sun.jdi.ByteValue;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.Location;
import com.sun.jdi.Method;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.StringReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.Value;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Holds a process at a step of the life of a model, from outside: a debugger with a breakpoint in
 * each method that makes a step. What runs is the product as it is; the thread that reached the
 * step stands still until the process is killed.
 */
final class Steps implements AutoCloseable {

  private static final String ROOT = "io.kete.model.runtime.";
  private static final int DIGEST = 64;

  /** Methods that make a step, by class: what is judged, told, put in place, and written. */
  static final Map<String, List<String>> METHODS =
      Map.of(
          ROOT + "install.DropFolder", List.of("take"),
          ROOT + "install.BundleFolder", List.of("take"),
          ROOT + "install.Catalogue", List.of("put"),
          ROOT + "gate.Gate", List.of("admit", "readmit"),
          ROOT + "slot.Journal", List.of("note"),
          ROOT + "slot.Election", List.of("restore", "serve", "judged", "goBack", "refuse"),
          ROOT + "slot.SlotCore", List.of("swap"),
          ROOT + "store.ModelStore", List.of("keep", "prune"),
          ROOT + "store.SlotRecords", List.of("write"),
          ROOT + "store.Durable", List.of("put", "move", "sync"));

  private final VirtualMachine machine;
  private final List<String> reached = new ArrayList<>();
  private final CountDownLatch held = new CountDownLatch(1);
  private Optional<String> wanted = Optional.empty();
  private boolean counting;

  private Steps(VirtualMachine machine) {
    this.machine = machine;
  }

  /** Attaches to a process that waits for it. */
  static Steps attach(String port) throws Exception {
    AttachingConnector connector =
        Bootstrap.virtualMachineManager().attachingConnectors().stream()
            .filter(each -> each.name().equals("com.sun.jdi.SocketAttach"))
            .findFirst()
            .orElseThrow();
    Map<String, Connector.Argument> arguments = connector.defaultArguments();
    Objects.requireNonNull(arguments.get("hostname")).setValue("127.0.0.1");
    Objects.requireNonNull(arguments.get("port")).setValue(port);
    Steps steps = new Steps(connector.attach(arguments));
    steps.watch();
    return steps;
  }

  private void watch() {
    for (String type : METHODS.keySet()) {
      ClassPrepareRequest prepared = machine.eventRequestManager().createClassPrepareRequest();
      prepared.addClassFilter(type);
      prepared.setSuspendPolicy(EventRequest.SUSPEND_ALL);
      prepared.enable();
    }
    Thread thread = new Thread(this::listen, "steps");
    thread.setDaemon(true);
    thread.start();
  }

  /** Lets the process run. */
  void resume() {
    machine.resume();
  }

  private void mark(ReferenceType type) {
    for (String name : METHODS.getOrDefault(type.name(), List.of())) {
      for (Method method : type.methodsByName(name)) {
        Location entry = method.location();
        BreakpointRequest breakpoint = machine.eventRequestManager().createBreakpointRequest(entry);
        breakpoint.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
        breakpoint.enable();
      }
    }
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
      // the process was killed
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean isWanted(BreakpointEvent hit)
      throws IncompatibleThreadStateException {
    if (!counting) {
      return false;
    }
    String name = name(hit);
    long before = reached.stream().filter(each -> each.startsWith(name + " #")).count();
    String step = name + " #" + (before + 1);
    reached.add(step);
    return wanted.filter(step::equals).isPresent();
  }

  /** Class, method and what it is about. */
  private static String name(BreakpointEvent hit) throws IncompatibleThreadStateException {
    Method method = hit.location().method();
    String type = method.declaringType().name();
    StringBuilder name = new StringBuilder(type.substring(type.lastIndexOf('.') + 1));
    name.append('.').append(method.name());
    for (Value value : hit.thread().frame(0).getArgumentValues()) {
      String text = text(value);
      if (!text.isEmpty()) {
        name.append(' ').append(text);
      }
    }
    return name.toString();
  }

  /** What tells one step from another: a stage, a version, the end of a path. */
  private static String text(Value value) {
    if (!(value instanceof ObjectReference object)) {
      return "";
    }
    String type = object.referenceType().name();
    return switch (type) {
      case ROOT + "gate.Stage" -> field(object, "name");
      case "io.kete.model.api.SlotState$Identity" -> field(object, "version");
      case "sun.nio.fs.UnixPath" -> path(object);
      default -> "";
    };
  }

  private static String field(ObjectReference object, String name) {
    Value value = object.getValue(object.referenceType().fieldByName(name));
    return value instanceof StringReference text ? text.value() : "";
  }

  private static String path(ObjectReference path) {
    ArrayReference bytes = (ArrayReference) path.getValue(path.referenceType().fieldByName("path"));
    byte[] plain = new byte[bytes.length()];
    for (int i = 0; i < plain.length; i++) {
      plain[i] = ((ByteValue) bytes.getValue(i)).value();
    }
    String text = new String(plain, StandardCharsets.UTF_8);
    String last = text.substring(text.lastIndexOf('/') + 1);
    return last.replaceAll("[0-9a-f]{" + DIGEST + "}", "DIGEST");
  }

  /** From now on steps are counted, and a thread that reaches this one stands still. */
  synchronized void begin(Optional<String> step) {
    reached.clear();
    wanted = step;
    counting = true;
  }

  /** Whether it stands within the time. */
  boolean isHeld(long seconds) throws InterruptedException {
    return held.await(seconds, TimeUnit.SECONDS);
  }

  /** The steps that were reached, in their order, each with how often it was. */
  synchronized List<String> reached() {
    return List.copyOf(reached);
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
