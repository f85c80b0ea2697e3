// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.modbus;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.driver.Driver.ConnectionException;

/**
 * Which requests read a list of records. A block that the device refuses because of an address is
 * split until only the bad channel stands alone; the finer plan is kept until the next connection.
 */
final class ReadPlan {

  private static final Comparator<Slot> ORDER =
      Comparator.<Slot>comparingInt(slot -> slot.channel().unit())
          .thenComparing(slot -> slot.channel().table())
          .thenComparingInt(slot -> slot.channel().address());

  private final List<Unusable> unusable = new ArrayList<>();
  private final List<Block> whole;
  private final List<Block> blocks;
  private int connection;

  ReadPlan(List<ChannelRecord> records, ModbusSettings settings) {
    List<Slot> slots = new ArrayList<>();
    for (ChannelRecord record : records) {
      try {
        slots.add(new Slot(record, ModbusChannel.of(record, settings.unitId())));
      } catch (IllegalArgumentException e) {
        unusable.add(new Unusable(record, String.valueOf(e.getMessage())));
      }
    }
    slots.sort(ORDER);
    whole = merge(slots, settings);
    blocks = new ArrayList<>(whole);
  }

  /** How many requests the next read takes. */
  synchronized int size() {
    return blocks.size();
  }

  /**
   * Reads every record.
   *
   * @throws ConnectionException when the device cannot be reached; every record is then a FAILURE
   */
  synchronized void read(ModbusLink link) throws ConnectionException {
    long now = System.currentTimeMillis();
    unusable.forEach(each -> Slot.fail(each.record(), each.reason(), now));
    if (blocks.isEmpty()) {
      return;
    }
    try {
      link.connect();
      forgetSplits(link.connections());
      readBlocks(link);
    } catch (ConnectionException e) {
      long failed = System.currentTimeMillis();
      blocks.forEach(block -> block.failAll(String.valueOf(e.getMessage()), failed));
      throw e;
    }
  }

  /** A new connection may lead to a device that has been given other addresses meanwhile. */
  private void forgetSplits(int current) {
    if (connection != current) {
      connection = current;
      blocks.clear();
      blocks.addAll(whole);
    }
  }

  private void readBlocks(ModbusLink link) throws ConnectionException {
    int next = 0;
    while (next < blocks.size()) {
      Block block = blocks.get(next);
      Reply reply = block.read(link);
      if (reply instanceof Reply.Refused refused && refused.mayBeSplit() && block.canSplit()) {
        List<Block> halves = block.split();
        blocks.set(next, halves.get(0));
        blocks.add(next + 1, halves.get(1));
      } else {
        block.fill(reply, System.currentTimeMillis());
        next++;
      }
    }
  }

  private static List<Block> merge(List<Slot> sorted, ModbusSettings settings) {
    List<Block> blocks = new ArrayList<>();
    List<Slot> open = new ArrayList<>();
    int end = 0;
    for (Slot slot : sorted) {
      if (!open.isEmpty() && !fits(open.get(0).channel(), end, slot.channel(), settings)) {
        blocks.add(new Block(open));
        open.clear();
        end = 0;
      }
      open.add(slot);
      end = Math.max(end, slot.channel().end());
    }
    if (!open.isEmpty()) {
      blocks.add(new Block(open));
    }
    return blocks;
  }

  private static boolean fits(
      ModbusChannel first, int end, ModbusChannel next, ModbusSettings settings) {
    int limit = next.table().isBits() ? settings.maxBits() : settings.maxRegisters();
    return first.unit() == next.unit()
        && first.table() == next.table()
        && next.address() - end <= settings.maxGap()
        && Math.max(end, next.end()) - first.address() <= limit;
  }

  /** A record whose keys are wrong. */
  private record Unusable(ChannelRecord record, String reason) {}
}
