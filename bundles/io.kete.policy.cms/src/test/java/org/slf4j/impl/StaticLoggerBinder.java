// SPDX-License-Identifier: EPL-2.0
package org.slf4j.impl;

import io.kete.policy.cms.CapturedLog;
import org.slf4j.ILoggerFactory;
import org.slf4j.spi.LoggerFactoryBinder;

/** Binds SLF4J 1.7 to {@link CapturedLog} in tests. */
public final class StaticLoggerBinder implements LoggerFactoryBinder {

  /** Checked by SLF4J. */
  public static final String REQUESTED_API_VERSION = "1.7.36";

  private static final StaticLoggerBinder SINGLETON = new StaticLoggerBinder();

  /** Called by SLF4J. */
  public static StaticLoggerBinder getSingleton() {
    return SINGLETON;
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return CapturedLog::logger;
  }

  @Override
  public String getLoggerFactoryClassStr() {
    return CapturedLog.class.getName();
  }
}
