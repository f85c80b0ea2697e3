// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura.message;

import java.text.ParseException;
import java.text.SimpleDateFormat;
import java.util.Date;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** A payload that raises or withdraws an alert at the cloud platform. */
@ProviderType
public class KuraAlertPayload extends KuraPayload {
  public static final String CODE_METRIC_NAME = "alert_code";
  public static final String SEVERITY_METRIC_NAME = "alert_severity";
  public static final String STATUS_METRIC_NAME = "alert_status";
  public static final String MESSAGE_METRIC_NAME = "alert_message";
  public static final String CREATION_TIMESTAMP_METRIC_NAME = "alert_creation_date";
  private static final String DATE_PATTERN = "EEE MMM dd HH:mm:ss zzz yyyy";

  /** An alert without a text. */
  public KuraAlertPayload(String code, KuraAlertSeverity severity, KuraAlertStatus status) {
    super.addMetric(CODE_METRIC_NAME, trimmed(code));
    super.addMetric(SEVERITY_METRIC_NAME, severity.name());
    super.addMetric(STATUS_METRIC_NAME, status.name());
  }

  /**
   * Sets which alert it is; blanks around it are dropped.
   *
   * @throws IllegalArgumentException when nothing is left
   */
  public void setCode(String code) {
    super.addMetric(CODE_METRIC_NAME, trimmed(code));
  }

  /** Sets how bad it is. */
  public void setSeverity(KuraAlertSeverity severity) {
    super.addMetric(SEVERITY_METRIC_NAME, severity.name());
  }

  /** Sets whether it stands. */
  public void setStatus(KuraAlertStatus status) {
    super.addMetric(STATUS_METRIC_NAME, status.name());
  }

  /** Sets when it came up, to the second. */
  @SuppressWarnings("JavaUtilDate")
  public void setCreationTimestamp(Date date) {
    super.addMetric(CREATION_TIMESTAMP_METRIC_NAME, date.toString());
  }

  /** Sets the text; null removes it. */
  public void setMessage(@Nullable String message) {
    if (message == null) {
      removeMetric(MESSAGE_METRIC_NAME);
    } else {
      super.addMetric(MESSAGE_METRIC_NAME, message);
    }
  }

  /** Which alert it is. */
  public @Nullable String getCode() {
    return (String) getMetric(CODE_METRIC_NAME);
  }

  /** How bad it is. */
  public KuraAlertSeverity getSeverity() {
    return KuraAlertSeverity.valueOf(String.valueOf(getMetric(SEVERITY_METRIC_NAME)));
  }

  /** Whether it stands. */
  public KuraAlertStatus getStatus() {
    return KuraAlertStatus.valueOf(String.valueOf(getMetric(STATUS_METRIC_NAME)));
  }

  /** The text, or null. */
  public @Nullable String getMessage() {
    return getMetric(MESSAGE_METRIC_NAME) instanceof String message ? message : null;
  }

  /** When it came up; null when not said or not readable. */
  public @Nullable Date getCreationTimestamp() {
    if (!(getMetric(CREATION_TIMESTAMP_METRIC_NAME) instanceof String text)) {
      return null;
    }
    try {
      return new SimpleDateFormat(DATE_PATTERN, Locale.US).parse(text);
    } catch (ParseException e) {
      return null;
    }
  }

  /** Adds a metric; the alert's own ones are checked as their setters do. */
  @Override
  public void addMetric(String name, @Nullable Object value) {
    switch (name) {
      case CODE_METRIC_NAME -> setCode(String.valueOf(value));
      case MESSAGE_METRIC_NAME -> setMessage((String) value);
      case CREATION_TIMESTAMP_METRIC_NAME ->
          setCreationTimestamp(Objects.requireNonNull((Date) value, name));
      case SEVERITY_METRIC_NAME -> setSeverity(KuraAlertSeverity.valueOf(String.valueOf(value)));
      case STATUS_METRIC_NAME -> setStatus(KuraAlertStatus.valueOf(String.valueOf(value)));
      default -> super.addMetric(name, value);
    }
  }

  private static String trimmed(String code) {
    String trimmed = code.trim();
    if (trimmed.isEmpty()) {
      throw new IllegalArgumentException("an alert needs a code");
    }
    return trimmed;
  }
}
