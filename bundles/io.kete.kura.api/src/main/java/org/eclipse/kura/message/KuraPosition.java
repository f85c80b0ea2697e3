// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.message;

import java.util.Date;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A place on earth. What was never set is null; angles in degrees, lengths in metres, speed in m/s.
 */
@ProviderType
public class KuraPosition {
  private @Nullable Double longitude;
  private @Nullable Double latitude;
  private @Nullable Double altitude;
  private @Nullable Double precision;
  private @Nullable Double heading;
  private @Nullable Double speed;
  private @Nullable Date timestamp;
  private @Nullable Integer satellites;
  private @Nullable Integer status;

  /** Degrees, east positive. */
  public @Nullable Double getLongitude() {
    return longitude;
  }

  /** Sets degrees, east positive. */
  public void setLongitude(double longitude) {
    this.longitude = longitude;
  }

  /** Degrees, north positive. */
  public @Nullable Double getLatitude() {
    return latitude;
  }

  /** Sets degrees, north positive. */
  public void setLatitude(double latitude) {
    this.latitude = latitude;
  }

  /** Metres above sea level. */
  public @Nullable Double getAltitude() {
    return altitude;
  }

  /** Sets metres above sea level. */
  public void setAltitude(double altitude) {
    this.altitude = altitude;
  }

  /** Dilution of precision. */
  public @Nullable Double getPrecision() {
    return precision;
  }

  /** Sets the dilution of precision. */
  public void setPrecision(double precision) {
    this.precision = precision;
  }

  /** Direction of travel, degrees from north. */
  public @Nullable Double getHeading() {
    return heading;
  }

  /** Sets the direction of travel, degrees from north. */
  public void setHeading(double heading) {
    this.heading = heading;
  }

  /** Metres per second. */
  public @Nullable Double getSpeed() {
    return speed;
  }

  /** Sets metres per second. */
  public void setSpeed(double speed) {
    this.speed = speed;
  }

  /** When the position was taken. */
  public @Nullable Date getTimestamp() {
    return timestamp;
  }

  /** Sets when the position was taken. */
  public void setTimestamp(@Nullable Date timestamp) {
    this.timestamp = timestamp;
  }

  /** How many satellites were in view. */
  public @Nullable Integer getSatellites() {
    return satellites;
  }

  /** Sets how many satellites were in view. */
  public void setSatellites(int satellites) {
    this.satellites = satellites;
  }

  /** The receiver's own status number. */
  public @Nullable Integer getStatus() {
    return status;
  }

  /** Sets the receiver's own status number. */
  public void setStatus(int status) {
    this.status = status;
  }
}
