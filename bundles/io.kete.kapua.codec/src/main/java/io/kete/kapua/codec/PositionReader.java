// SPDX-License-Identifier: EPL-2.0
package io.kete.kapua.codec;

import java.util.Date;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraPosition;

/** Collects a position; several occurrences of the field are merged, as protobuf demands. */
final class PositionReader {

  private final KuraPosition position = new KuraPosition();
  private boolean present;

  void read(WireReader in) throws WireReader.Malformed {
    present = true;
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case Wire.POSITION_LATITUDE -> position.setLatitude(in.number());
        case Wire.POSITION_LONGITUDE -> position.setLongitude(in.number());
        case Wire.POSITION_ALTITUDE -> position.setAltitude(in.number());
        case Wire.POSITION_PRECISION -> position.setPrecision(in.number());
        case Wire.POSITION_HEADING -> position.setHeading(in.number());
        case Wire.POSITION_SPEED -> position.setSpeed(in.number());
        case Wire.POSITION_TIMESTAMP -> position.setTimestamp(new Date(in.varint()));
        case Wire.POSITION_SATELLITES -> position.setSatellites((int) in.varint());
        case Wire.POSITION_STATUS -> position.setStatus((int) in.varint());
        default -> in.skip(tag);
      }
    }
  }

  /** Puts the position into the payload if there was one; latitude and longitude are required. */
  void addTo(KuraPayload payload) throws WireReader.Malformed {
    if (!present) {
      return;
    }
    if (position.getLatitude() == null || position.getLongitude() == null) {
      throw new WireReader.Malformed();
    }
    payload.setPosition(position);
  }
}
