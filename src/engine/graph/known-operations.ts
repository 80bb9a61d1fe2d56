/**
 * The operations that a package of a user may have: those whose result has a size that is known before
 * anything runs. Loops and branches, tables, text, random numbers and results as long as the data says are
 * not among them. Names: https://github.com/tensorflow/tfjs/tree/master/tfjs-converter/src/operations/op_list
 */

/** The result has the shape of the first input. */
export const likeFirst: ReadonlySet<string> = new Set(
  `Identity Snapshot StopGradient Cast Abs Acos Acosh Asin Asinh Atan Atanh Ceil ClipByValue Cos Cosh Elu Erf Exp Expm1 Floor LeakyRelu
  Log Log1p Neg Prelu Reciprocal Relu Relu6 Round Rsqrt Selu Sigmoid Sign Sin Sinh Softplus Sqrt Square Tan Tanh IsNan IsFinite IsInf
  LogicalNot OnesLike ZerosLike BiasAdd FusedBatchNorm FusedBatchNormV2 FusedBatchNormV3 LRN Softmax LogSoftmax Reverse ReverseV2
  Cumsum Cumprod EnsureShape`.split(/\s+/),
);

/** The result has the shape that both inputs can be stretched to. */
export const stretched: ReadonlySet<string> = new Set(
  `Add AddV2 Sub Mul RealDiv Div DivNoNan FloorDiv Maximum Minimum Pow SquaredDifference Mod FloorMod Atan2 Equal NotEqual Greater
  GreaterEqual Less LessEqual LogicalAnd LogicalOr`.split(/\s+/),
);

/** Some axes go, or become 1. */
export const reducing: ReadonlySet<string> = new Set(['Mean', 'Sum', 'Max', 'Min', 'Prod', 'All', 'Any']);

/** Those with a rule of their own in `sizes.ts`. */
export const ruled: ReadonlySet<string> = new Set(
  `Placeholder Const NoOp AddN Conv2D _FusedConv2D DepthwiseConv2dNative FusedDepthwiseConv2dNative MaxPool AvgPool MatMul _FusedMatMul
  BatchMatMul BatchMatMulV2 Transpose Reshape Squeeze ExpandDims ConcatV2 Slice StridedSlice Pack Tile Pad PadV2 MirrorPad ResizeBilinear
  ResizeNearestNeighbor DepthToSpace Shape Select SelectV2 ArgMax ArgMin Rank Size`.split(/\s+/),
);

export const isKnownOperation = (op: string) =>
  likeFirst.has(op) || stretched.has(op) || reducing.has(op) || ruled.has(op);
