/** How the numbers of a picture go in; each is (rgb / 255 - mean) / std with a mean and a std of its own. */
export const ranges = {
  /** 0 to 1. */
  unit: { mean: [0, 0, 0], std: [1, 1, 1] },
  /** -1 to 1: Keras' MobileNet, Teachable Machine. */
  symmetric: { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
  /** Mean and standard deviation of ImageNet: torchvision, timm. */
  imagenet: { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
  /** 0 to 255: Keras' EfficientNet, and models that scale by themselves. */
  bytes: { mean: [0, 0, 0], std: [1 / 255, 1 / 255, 1 / 255] },
  /** Less the mean of ImageNet, in bytes: Keras' ResNet and VGG, with blue first. */
  caffe: {
    mean: [123.68 / 255, 116.779 / 255, 103.939 / 255],
    std: [1 / 255, 1 / 255, 1 / 255],
  },
} as const;
export type Range = keyof typeof ranges;
export const rangeNames = Object.keys(ranges) as [Range, ...Range[]];
