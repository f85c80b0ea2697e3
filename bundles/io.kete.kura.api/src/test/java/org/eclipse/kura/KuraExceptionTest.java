// SPDX-License-Identifier: EPL-2.0
package org.eclipse.kura;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KuraExceptionTest {
  private final IOException cause = new IOException("pulled");

  @ParameterizedTest
  @EnumSource(KuraErrorCode.class)
  void everyCodeHasItsOwnText(KuraErrorCode code) {
    String text = new KuraException(code).getMessage();
    assertThat(text).isNotBlank().isNotEqualTo("Unclassified failure").doesNotContain("{", "null");
    for (KuraErrorCode other : KuraErrorCode.values()) {
      if (other != code) {
        assertThat(new KuraRuntimeException(other).getMessage()).isNotEqualTo(text);
      }
    }
  }

  @Test
  void messageNamesTheArgumentsInOrder() {
    KuraException failure =
        new KuraException(KuraErrorCode.CONFIGURATION_ATTRIBUTE_INVALID, "period", 0, "1 to 60");
    assertThat(failure).hasMessage("Configuration value refused: period, 0, 1 to 60").hasNoCause();
    assertThat(failure.getLocalizedMessage()).isEqualTo(failure.getMessage());
    assertThat(failure.getCode()).isEqualTo(KuraErrorCode.CONFIGURATION_ATTRIBUTE_INVALID);
  }

  @Test
  void missingAndEmptyArgumentsLeaveNoTrace() {
    assertThat(new KuraException(KuraErrorCode.NOT_FOUND, null, null, ""))
        .hasMessage("No such resource");
    assertThat(KuraException.internalError(cause)).hasMessage("Internal error").hasCause(cause);
  }

  @Test
  void bracesInArgumentsArePlainText() {
    assertThat(new KuraException(KuraErrorCode.DECODER_ERROR, "{0} 'x' {"))
        .hasMessage("Decoding failed: {0} 'x' {");
  }

  @Test
  void internalErrorsCarryMessageAndCause() {
    assertThat(KuraException.internalError("odd")).hasMessage("Internal error: odd");
    assertThat(KuraException.internalError(cause, "odd"))
        .hasMessage("Internal error: odd")
        .hasCause(cause);
    assertThat(KuraException.internalError("odd").getCode())
        .isEqualTo(KuraErrorCode.INTERNAL_ERROR);
  }

  @Test
  void uncheckedFailuresSpeakTheSameWay() {
    KuraRuntimeException failure =
        new KuraRuntimeException(KuraErrorCode.INVALID_PARAMETER, cause, "qos", 3);
    assertThat(failure).hasMessage("Wrong parameter: qos, 3").hasCause(cause);
    assertThat(failure.getCode()).isEqualTo(KuraErrorCode.INVALID_PARAMETER);
  }

  @Test
  void namedFailuresHaveTheirCode() {
    assertThat(new KuraConnectException("a").getCode()).isEqualTo(KuraErrorCode.CONNECTION_FAILED);
    assertThat(new KuraDisconnectException("a").getCode())
        .isEqualTo(KuraErrorCode.DISCONNECTION_FAILED);
    assertThat(new KuraNotConnectedException("a").getCode()).isEqualTo(KuraErrorCode.NOT_CONNECTED);
    assertThat(new KuraTooManyInflightMessagesException("a").getCode())
        .isEqualTo(KuraErrorCode.TOO_MANY_INFLIGHT_MESSAGES);
    assertThat(new KuraStoreException("a").getCode()).isEqualTo(KuraErrorCode.STORE_ERROR);
    assertThat(new KuraStoreCapacityReachedException("a").getCode())
        .isEqualTo(KuraErrorCode.STORE_ERROR);
    assertThat(new KuraTimeoutException("a").getCode()).isEqualTo(KuraErrorCode.TIMED_OUT);
    assertThat(new KuraIOException("a").getCode()).isEqualTo(KuraErrorCode.IO_ERROR);
    assertThat(new KuraProcessExecutionErrorException("a").getCode())
        .isEqualTo(KuraErrorCode.PROCESS_EXECUTION_ERROR);
    assertThat(new KuraInvalidMessageException("a").getCode())
        .isEqualTo(KuraErrorCode.INVALID_MESSAGE_EXCEPTION);
    assertThat(new KuraInvalidMetricTypeException("a").getCode())
        .isEqualTo(KuraErrorCode.INVALID_METRIC_EXCEPTION);
  }

  @Test
  void namedFailuresKeepCauseAndDetail() {
    assertThat(new KuraConnectException(cause, "broker"))
        .hasMessageContaining("broker")
        .hasCause(cause);
    assertThat(new KuraTimeoutException("ack", cause)).hasMessageContaining("ack").hasCause(cause);
    assertThat(new KuraInvalidMessageException(cause))
        .hasMessage("Message is malformed")
        .hasCause(cause);
    assertThat(new KuraPartialSuccessException("two of three", List.of(cause)).getCauses())
        .containsExactly(cause);
  }
}
