// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { JudgedModel } from '../../../core/evaluation/sample';
import { failure, type Result, success } from '../../../core/failure';
import { renderPart, text } from '../../../ui/testing/render';
import type { AnsweredImage } from '../model/answered-image';
import { createOpenedResults } from '../model/opened-results';
import type { Evaluation, ShownImage } from '../model/state';
import { EvaluateContext } from './context';
import { ImageViewer } from './ImageViewer';

const classes = [
  { id: 'nv', name: 'Nevus', kind: 'benign' as const },
  { id: 'mel', name: 'Melanoma', kind: 'malignant' as const },
];
const missed: AnsweredImage = {
  image: {
    path: 'photos/a.jpg',
    size: 1,
    label: 'melanoma',
    columns: { age: '61', sex: 'male' },
    group: 'a',
    mask: null,
  },
  truth: 1,
  predicted: 0,
  probabilities: [0.7, 0.3],
  flagged: true,
  refused: false,
};
const photo = success({ picture: new Blob(['jpeg'], { type: 'image/jpeg' }), outline: null });

const model: JudgedModel = {
  ...{ packageId: 'm', classes: ['nv', 'mel'], labels: {} },
  decision: { positive: ['mel'], threshold: 0.21 },
};

function draw({
  place = 1,
  judged = model,
  item = missed,
  found = photo as Result<ShownImage> | null,
}: {
  place?: number;
  judged?: JudgedModel;
  item?: AnsweredImage;
  found?: Result<ShownImage> | null;
} = {}) {
  const given = { onGo: vi.fn(), onList: vi.fn(), onClose: vi.fn() };
  const evaluation = { image: async () => found } as unknown as Evaluation;
  renderPart(
    <EvaluateContext
      value={{ evaluation, fitSite: () => new Promise(() => {}), opened: createOpenedResults() }}
    >
      <ImageViewer
        heading="Missed"
        item={item}
        place={place}
        count={3}
        classes={classes}
        model={judged}
        {...given}
      />
    </EvaluateContext>,
  );
  return given;
}

const button = (key: string) => screen.getByRole('button', { name: text(key) });

test('the keys of the clinic go on and back', () => {
  const { onGo } = draw();
  for (const key of ['j', 'ArrowRight', 'k', 'ArrowLeft']) {
    fireEvent.keyDown(button('evaluate.toList'), { key });
  }
  expect(onGo.mock.calls).toEqual([[2], [2], [0], [0]]);
});

test('a key with a modifier is the browser’s', () => {
  const { onGo } = draw();
  fireEvent.keyDown(button('evaluate.toList'), { key: 'j', ctrlKey: true });
  expect(onGo).not.toHaveBeenCalled();
});

test('at an end the button keeps the focus and goes no further', () => {
  const { onGo } = draw({ place: 2 });
  expect(button('evaluate.nextImage').getAttribute('aria-disabled')).toBe('true');
  expect(button('evaluate.nextImage').hasAttribute('disabled')).toBe(false);
  fireEvent.click(button('evaluate.nextImage'));
  expect(onGo.mock.calls).toEqual([[2]]);
});

test('label and answer stand side by side, with what the table says', () => {
  draw();
  expect(screen.getByText(text('evaluate.wrong'))).toBeDefined();
  expect(screen.getByText(/Age: 61 · Sex: Male/)).toBeDefined();
  expect(screen.queryByText(text('evaluate.asLabelled', { label: 'melanoma' }))).toBeNull();
});

test('a label that is written otherwise than the class is quoted', () => {
  draw({ item: { ...missed, predicted: 1, image: { ...missed.image, label: 'mel' } } });
  expect(screen.getByText(text('evaluate.right'))).toBeDefined();
  expect(screen.getByText(text('evaluate.asLabelled', { label: 'mel' }))).toBeDefined();
});

test('an image that is gone says so', async () => {
  draw({ found: null });
  expect(await screen.findByText(text('evaluate.imageGone'))).toBeDefined();
});

test('an image that cannot be opened says why', async () => {
  draw({ found: failure('dicom-unsupported') });
  expect(await screen.findByText(text('failure.dicom-unsupported.sentence'))).toBeDefined();
});

const answer = () =>
  screen.getByText(text('evaluate.answer')).nextSibling?.textContent?.replaceAll('\u00a0', ' ');

test('a flagged image is led by its flag, whatever class was most probable', () => {
  draw();
  expect(answer()).toMatch(/^Flagged: 30 % against 21 %\. Nevus, 70 %/);
});

test('what cannot be ruled out comes next, with what a flag adds', () => {
  const classes = ['nv', 'mel'].map((id) => ({ class: id, quantile: 0.5, count: 9, pooledWith: [] }));
  const judged: JudgedModel = {
    ...model,
    conformal: { method: 'class-conditional', coverage: 0.9, classes },
  };
  draw({ judged });
  expect(answer()).toMatch(/^Flagged: 30 % against 21 %\. No class ruled out\. Nevus, 70 %/);
});

test('of an image without a result nothing is ruled out', () => {
  draw({ item: { ...missed, refused: true } });
  expect(answer()).toMatch(/^No confident result\. Flagged all the same: 30 % against 21 %\. Nevus/);
});

test('a model without a threshold says that it has none', () => {
  draw({ item: { ...missed, flagged: null }, judged: { ...model, decision: null } });
  expect(answer()).toMatch(/^No threshold\. Nevus, 70 %/);
});
