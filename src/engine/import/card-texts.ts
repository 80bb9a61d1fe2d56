import type { Text } from '../../core/card/card';
import type { ModelFormat } from './read-model';

/** What a card says of a model that was brought in without our exporter, in both languages. */

const formats: Record<ModelFormat, string> = {
  'tfjs-graph': 'TensorFlow.js graph model',
  'tfjs-layers': 'TensorFlow.js layers model',
  onnx: 'ONNX',
};

export const formatName = (format: ModelFormat, teachableMachine: boolean): string =>
  teachableMachine ? 'Teachable Machine' : formats[format];

export const summaryOf = (format: string, classes: number): Text => ({
  en: `A model of ${classes} classes that was brought in from ${format}.`,
  ko: `${format} 형식에서 가져온 모델로, ${classes}개 분류를 구분합니다.`,
});

export const notCalibrated: Text = {
  en: 'Not calibrated: nobody has held its probabilities against photos with known diagnoses here. It flags nothing and rules nothing out.',
  ko: '보정되지 않았습니다. 진단이 알려진 사진으로 확률을 확인한 적이 없으므로 아무것도 표시하거나 배제하지 않습니다.',
};

export const measuredHere = (count: number): Text => ({
  en: `Its figures were measured on ${count} photos of whoever brought it in. Nobody else has checked them.`,
  ko: `수치는 모델을 가져온 사람의 사진 ${count}장으로 측정했으며, 다른 사람이 확인하지 않았습니다.`,
});

export const noOodScore: Text = {
  en: 'It does not notice photos that are unlike those it was trained on.',
  ko: '학습한 사진과 다른 사진을 알아채지 못합니다.',
};

export const oodScoreHere = (count: number): Text => ({
  en: `Its score of unusual photos was fitted on photos of whoever brought it in, and held against ${count} others of them. How many photos of other kinds it notices was not measured.`,
  ko: `특이한 사진을 알아채는 점수는 모델을 가져온 사람의 사진에 맞추고 나머지 ${count}장으로 확인했습니다. 다른 종류의 사진을 얼마나 알아채는지는 측정하지 않았습니다.`,
});

export const notRedone: Text = {
  en: 'Its golden sample was computed here after the translation, so it shows that every machine gives the same answer, not that the translation is true to the original.',
  ko: '골든 샘플은 변환한 뒤 이곳에서 계산했습니다. 모든 기기에서 같은 답이 나온다는 것은 보여 주지만 원본과 같다는 것은 보여 주지 않습니다.',
};

export const descriptionOf: Text = {
  en: 'As whoever brought the model in named it.',
  ko: '모델을 가져온 사람이 붙인 이름입니다.',
};
