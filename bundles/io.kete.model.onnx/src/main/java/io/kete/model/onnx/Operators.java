// SPDX-License-Identifier: EPL-2.0
package io.kete.model.onnx;

import java.util.Map;
import java.util.Set;

/**
 * What a graph may compute. Left out on purpose: loops and scans, which need not end; branches and
 * functions, which hide operators; random numbers, which no golden vector can prove; sequences,
 * maps and texts, which are no scores; and what makes a large tensor out of a small one whatever
 * came in (ConstantOfShape, Expand, Tile, Range, Pad, OneHot, EyeLike, Resize), which a few bytes
 * turn into any amount of memory.
 */
final class Operators {

  private static final String STANDARD = "";

  private static final Map<String, Set<String>> ALLOWED =
      Map.of(
          STANDARD,
          words(
              """
              Abs Acos Acosh Add And ArgMax ArgMin Asin Asinh Atan Atanh AveragePool BatchNormalization
              Cast CastLike Ceil Celu Clip Compress Concat Constant Conv Cos Cosh CumSum DepthToSpace
              DequantizeLinear Div Dropout DynamicQuantizeLinear Einsum Elu Equal Erf Exp Flatten Floor
              GRU Gather GatherElements GatherND Gemm GlobalAveragePool GlobalMaxPool Greater
              GreaterOrEqual HardSigmoid HardSwish Hardmax Identity InstanceNormalization IsInf IsNaN
              LRN LSTM LayerNormalization LeakyRelu Less LessOrEqual Log LogSoftmax LpNormalization
              LpPool MatMul MatMulInteger Max MaxPool Mean MeanVarianceNormalization Min Mish Mod Mul
              Neg NonZero Not Or PRelu Pow QLinearConv QLinearMatMul QuantizeLinear RNN Reciprocal
              ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd
              ReduceSum ReduceSumSquare Relu Reshape ReverseSequence Round ScatterElements ScatterND
              Selu Shape Shrink Sigmoid Sign Sin Sinh Size Slice Softmax Softplus Softsign
              SpaceToDepth Split Sqrt Squeeze Sub Sum Tan Tanh ThresholdedRelu TopK Transpose Trilu
              Unsqueeze Where Xor
              """),
          "ai.onnx.ml",
          words(
              """
              ArrayFeatureExtractor Binarizer Imputer LinearClassifier LinearRegressor Normalizer
              SVMClassifier SVMRegressor Scaler TreeEnsemble TreeEnsembleClassifier
              TreeEnsembleRegressor
              """));

  private Operators() {}

  private static Set<String> words(String text) {
    return Set.of(text.strip().split("\\s+"));
  }

  /** Whether a model may use the operator; both spellings of the standard domain are the same. */
  static boolean isAllowed(String domain, String operator) {
    String where = domain.equals("ai.onnx") ? STANDARD : domain;
    return ALLOWED.getOrDefault(where, Set.of()).contains(operator);
  }
}
