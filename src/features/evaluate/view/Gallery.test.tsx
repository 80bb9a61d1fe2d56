// @vitest-environment happy-dom
import { fireEvent, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { ImageAnswer } from '../../../core/evaluation/answer';
import { fillingGalleries } from '../../../core/evaluation/gallery';
import { sampleOf } from '../../../core/evaluation/sample';
import { success } from '../../../core/failure';
import { finish } from '../../../core/steps';
import { renderPart, text } from '../../../ui/testing/render';
import { createOpenedResults } from '../model/opened-results';
import type { Evaluation } from '../model/state';
import { EvaluateContext } from './context';
import { Gallery } from './Gallery';

const classes = [
  { id: 'nv', name: 'Nevus', kind: 'benign' as const },
  { id: 'mel', name: 'Melanoma', kind: 'malignant' as const },
];
const judged = (packageId: string) => ({
  packageId,
  classes: ['nv', 'mel'],
  decision: null,
  labels: { nv: 'nv', mel: 'mel' },
});
/** By file: its label, what the first and the second model give to melanoma. */
const said: Record<string, [label: string, first: number, second: number]> = {
  'right.jpg': ['mel', 0.9, 0.8],
  'wrong.jpg': ['mel', 0.4, 0.7],
  'worst.jpg': ['nv', 0.95, 0.9],
};
const answers = new Map(
  Object.entries(said).map(([path, [, first, second]]): [string, ImageAnswer] => {
    const given = (mel: number) => ({ ok: true as const, probabilities: [1 - mel, mel], milliseconds: 1 });
    const refused = path === 'worst.jpg' ? { refused: ['blur' as const, 'distribution' as const] } : {};
    return [
      path,
      {
        path,
        answers: { one: { ...given(first), ...refused }, two: given(second) },
        overlap: null,
        maskFailure: null,
      },
    ];
  }),
);
const images = Object.entries(said).map(([path, [label]]) => ({
  path,
  size: 1,
  label,
  columns: {},
  group: path,
  mask: null,
}));

function draw(others = [judged('two')]) {
  const model = judged('one');
  const galleries = finish(
    fillingGalleries(model, others, sampleOf(model, images, answers), images, answers),
  );
  const photo = success({ picture: new Blob(['jpeg'], { type: 'image/jpeg' }), outline: null });
  const evaluation = { image: async () => photo } as unknown as Evaluation;
  const services = { evaluation, fitSite: () => new Promise<never>(() => {}), opened: createOpenedResults() };
  renderPart(
    <EvaluateContext value={services}>
      <Gallery
        model={model}
        galleries={galleries}
        several={others.length > 0}
        classes={classes}
        titleOf={(id) => `Model ${id}`}
      />
    </EvaluateContext>,
  );
}

const tiles = (kind: string) =>
  within(screen.getByRole('list', { name: text(`evaluate.gallery.${kind}`) })).queryAllByRole('button');

test('the worst error comes first, and opens its photo with its answer', async () => {
  draw();
  const worst = text('evaluate.gallery.open', { path: 'worst.jpg', truth: 'Nevus', predicted: 'Melanoma' });
  expect(tiles('errors').map((tile) => tile.getAttribute('aria-label'))).toEqual([
    `${text('verdict.headline.no-result')}. ${worst}`,
    text('evaluate.gallery.open', { path: 'wrong.jpg', truth: 'Melanoma', predicted: 'Nevus' }),
  ]);
  fireEvent.click(tiles('errors')[0] as HTMLElement);
  const dialog = await screen.findByRole('dialog');
  expect(within(dialog).getByText('worst.jpg')).toBeDefined();
  expect(within(dialog).getByText(text('evaluate.wrong'))).toBeDefined();
});

test('a disagreement is shown with what the other model said', async () => {
  draw();
  fireEvent.click(screen.getByRole('radio', { name: `${text('evaluate.gallery.disagreements')} (1)` }));
  fireEvent.click(tiles('disagreements')[0] as HTMLElement);
  expect(within(await screen.findByRole('dialog')).getByText(/^Model two: mel, 70/)).toBeDefined();
});

test('a photo that the clinic would not answer is shown with every reason', async () => {
  draw();
  fireEvent.click(screen.getByRole('radio', { name: `${text('evaluate.gallery.refused')} (1)` }));
  fireEvent.click(tiles('refused')[0] as HTMLElement);
  const note = `${text('failure.photo-blur.sentence')} ${text('verdict.noResult')}`;
  expect(within(await screen.findByRole('dialog')).getByText(note)).toBeDefined();
});

test('a photo on which several others part from the model is one photo, with what each of them said', async () => {
  draw([judged('two'), judged('two')]);
  fireEvent.click(screen.getByRole('radio', { name: `${text('evaluate.gallery.disagreements')} (1)` }));
  fireEvent.click(tiles('disagreements')[0] as HTMLElement);
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByText(/^Model two: mel, 70[^;]*; Model two: mel, 70/)).toBeDefined();
});

test('one model alone disagrees with none', () => {
  draw([]);
  expect(
    screen.queryByRole('radio', { name: new RegExp(text('evaluate.gallery.disagreements')) }),
  ).toBeNull();
});
