// @vitest-environment happy-dom
import { fireEvent, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { ImageAnswer } from '../../../core/evaluation/answer';
import { measureEvaluation } from '../../../core/evaluation/measured';
import { resultsText, sharedModel } from '../../../core/evaluation/results-file';
import { exampleCard } from '../../../core/fixtures/analysis';
import { renderPart, text } from '../../../ui/testing/render';
import { createOpenedResults } from '../model/opened-results';
import type { Evaluation } from '../model/state';
import { BesideOthers } from './BesideOthers';
import { EvaluateContext } from './context';
import { formatFigure } from './figure-format';
import type { Series } from './series';
// The part fetches it late; here it is there when it asks.
import './Together';

const images = Array.from({ length: 60 }, (_, index) => ({
  path: `photo${index}.jpg`,
  size: 1,
  label: index % 3 === 0 ? 'mel' : 'nv',
  columns: {},
  group: `photo${index}`,
  mask: null,
}));
const answers = new Map(
  images.map(({ path, label }, index): [string, ImageAnswer] => {
    const mel = ((index * 0.618) % 1) * 0.7 + (label === 'mel' ? 0.3 : 0);
    const answer = { ok: true as const, probabilities: [1 - mel, mel], milliseconds: 1 };
    return [path, { path, answers: { tiny: answer }, overlap: null, maskFailure: null }];
  }),
);
const model = {
  packageId: 'tiny',
  classes: ['nv', 'mel'],
  decision: { positive: ['mel'], threshold: 0.4 },
  labels: { nv: 'nv', mel: 'mel' },
};
const [measured] = measureEvaluation({ models: [model], images, answers }, { resamples: 20 }).models;
const shared = measured ? sharedModel(measured, { card: exampleCard, provenance: null }) : null;
if (!shared) throw new Error('Nothing was measured.');
const own: Series = { key: 'tiny', title: 'Own', model: shared };
const saved = resultsText({
  name: 'Ward 3',
  createdAt: '2026-01-02T03:04:05.000Z',
  disclaimer: { en: 'Not a medical device.', ko: '의료기기가 아닙니다.' },
  models: [shared],
});

function draw(series: readonly Series[]) {
  const services = {
    evaluation: {} as Evaluation,
    fitSite: () => new Promise<never>(() => {}),
    opened: createOpenedResults(),
  };
  const { container } = renderPart(
    <EvaluateContext value={services}>
      <BesideOthers own={series} />
    </EvaluateContext>,
  );
  return (content: string, name: string) => {
    const input = container.querySelector('input[type="file"]') as HTMLInputElement;
    fireEvent.change(input, { target: { files: [new File([content], name)] } });
  };
}

/** The figures, which a busy machine fetches late. */
const drawn = () => screen.findByRole('table', {}, { timeout: 30_000 });
const rows = () => within(screen.getByRole('table')).getAllByRole('row').slice(1);

test('opened results stand beside the own ones, with their figures, until they are taken away', async () => {
  const open = draw([own]);
  await drawn();
  expect(rows()).toHaveLength(1);
  open(saved, 'results.json');
  const take = await screen.findByRole('button', {
    name: text('evaluate.together.close', { name: 'Ward 3' }),
  });
  expect(rows()).toHaveLength(2);
  const area = formatFigure('auc', shared?.perClass[1]?.figures.auc?.value ?? Number.NaN, 'en');
  for (const row of rows()) {
    expect(within(row).getByText(area)).toBeDefined();
    // Twenty of sixty have it.
    expect(within(row).getByText('20 / 40')).toBeDefined();
  }
  expect(rows()[1]?.textContent).toContain('(Ward 3)');
  fireEvent.click(take);
  expect(rows()).toHaveLength(1);
});

test('results can be looked at without own ones, and what is positive can be chosen', async () => {
  const open = draw([]);
  expect(screen.queryByRole('table')).toBeNull();
  open(saved, 'results.json');
  await drawn();
  fireEvent.change(screen.getByLabelText(text('evaluate.target')), { target: { value: 'nv' } });
  expect(within(rows()[0] as HTMLElement).getByText('40 / 20')).toBeDefined();
});

test('a file that is none is refused by name, and nothing that was open is lost', async () => {
  const open = draw([own]);
  await drawn();
  open('{"format":"other"}', 'notes.json');
  expect(await screen.findByText(text('failure.results-invalid.sentence'))).toBeDefined();
  expect(screen.getByText(/notes\.json/)).toBeDefined();
  expect(rows()).toHaveLength(1);
});
