// SPDX-License-Identifier: EPL-2.0
package io.kete.policy.cms.envelope;

import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;

/** The curve P-256, known by its numbers so that it does not matter which provider made the key. */
final class P256 {

  private static final BigInteger FIELD =
      hex("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
  private static final BigInteger ORDER =
      hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
  private static final BigInteger B =
      hex("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b");
  private static final BigInteger THREE = BigInteger.valueOf(3);

  private P256() {}

  static boolean isCurveOf(ECPublicKey key) {
    ECParameterSpec curve = key.getParams();
    return curve.getCurve().getField() instanceof ECFieldFp field
        && field.getP().equals(FIELD)
        && curve.getOrder().equals(ORDER)
        && curve.getCurve().getA().equals(FIELD.subtract(THREE))
        && curve.getCurve().getB().equals(B);
  }

  private static BigInteger hex(String digits) {
    return new BigInteger(digits, 16);
  }
}
