// SPDX-License-Identifier: EPL-2.0
package io.kete.driver.modbus;

import com.ghgande.j2mod.modbus.msg.ModbusRequest;
import java.util.List;
import org.eclipse.kura.driver.Driver.ConnectionException;

/** Neighbouring channels of one table of one unit, read by one request. */
final class Block {

  /** Transaction, protocol, length, unit, function and byte count. */
  private static final int FRAME_OVERHEAD = 9;

  private final List<Slot> slots;
  private final Table table;
  private final int start;
  private final ModbusRequest request;
  private final int frameLength;

  /**
   * @param slots at least one, in the order of their addresses
   */
  Block(List<Slot> slots) {
    this.slots = List.copyOf(slots);
    ModbusChannel first = slots.get(0).channel();
    int end = slots.stream().mapToInt(slot -> slot.channel().end()).max().orElseThrow();
    table = first.table();
    start = first.address();
    request = table.readRequest(start, end - start);
    request.setUnitID(first.unit());
    frameLength = FRAME_OVERHEAD + table.dataBytes(end - start);
  }

  boolean canSplit() {
    return slots.size() > 1;
  }

  /**
   * Two blocks in place of this one, parted where most unused addresses lie, otherwise in the
   * middle.
   */
  List<Block> split() {
    int cut = slots.size() / 2;
    int widest = 0;
    int end = slots.get(0).channel().end();
    for (int i = 1; i < slots.size(); i++) {
      ModbusChannel channel = slots.get(i).channel();
      if (channel.address() - end > widest) {
        widest = channel.address() - end;
        cut = i;
      }
      end = Math.max(end, channel.end());
    }
    return List.of(new Block(slots.subList(0, cut)), new Block(slots.subList(cut, slots.size())));
  }

  Reply read(ModbusLink link) throws ConnectionException {
    return link.exchange(request, frameLength, true);
  }

  /** Puts the reply's values into the records. */
  void fill(Reply reply, long timeMillis) {
    if (reply instanceof Reply.Refused refused) {
      failAll(refused.reason(), timeMillis);
    } else if (reply instanceof Reply.Done done) {
      for (Slot slot : slots) {
        fill(slot, done.body(), timeMillis);
      }
    }
  }

  void failAll(String reason, long timeMillis) {
    for (Slot slot : slots) {
      Slot.fail(slot.record(), reason, timeMillis);
    }
  }

  private void fill(Slot slot, byte[] body, long timeMillis) {
    ModbusChannel channel = slot.channel();
    int index = channel.address() - start;
    try {
      slot.record()
          .setValue(
              table.isBits()
                  ? Registers.decodeBit(body, 1, index, channel)
                  : Registers.decode(body, 1, index, channel));
      Slot.succeed(slot.record(), timeMillis);
    } catch (ArithmeticException e) {
      Slot.fail(slot.record(), String.valueOf(e.getMessage()), timeMillis);
    }
  }
}
