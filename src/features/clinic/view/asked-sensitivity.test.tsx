// @vitest-environment happy-dom
import { act, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { decidedFor } from '../../../core/decision/threshold';
import { answerOf } from '../../../runtime/run';
import { card, photo, sentences, wanted } from '../model/testing/asked-sensitivity';
import { exampleRow } from '../model/testing/triage-rows';
import { QueueItem } from './queue/QueueItem';
import { ResultView } from './ResultView';
import { ThresholdSection } from './ThresholdSection';
import { renderClinic } from './testing/render-clinic';

/** As asked-sensitivity.test.ts of the model, on the clinic's own screen: there percents are whole where that tells. */

const plain = (element: Element) => element.textContent?.replaceAll('\u00a0', ' ') ?? '';

test('the answer in the clinic says the threshold, flag and words of a sensitivity that was asked for', () => {
  const analysis = answerOf(photo.runs[card.id]);
  if (!analysis) throw new Error('it has an answer');
  const decided = decidedFor(card, analysis, wanted);
  renderClinic(
    <main>
      <ResultView analysis={decided} card={card} />
      <ThresholdSection analysis={decided} card={card} />
    </main>,
  );
  const text = plain(screen.getByRole('main'));
  expect(text).toMatch(/^Flagged.*15 %.*12 %/);
  for (const part of [sentences.en.flagged, sentences.en.added]) expect(text).toContain(part);
});

test("the clinic's queue does, too", () => {
  const row = exampleRow('arm.jpg', { photo, card });
  const place = { ref: undefined, index: 0, count: 1, line: 0, column: 0, top: 0 };
  const props = {
    packageId: card.id,
    selected: false,
    stop: true,
    picked: null,
    columns: null,
    onPick: () => {},
  };
  const { workbench } = renderClinic(
    <ul>
      <QueueItem {...place} {...props} row={row} />
    </ul>,
  );
  const item = () => plain(screen.getByRole('button', { name: /^arm/ }));
  expect(item()).toContain('Not flagged: 15 % against 21 %');
  act(() => workbench.setSensitivity(wanted));
  expect(item()).toMatch(/Flagged: 15 % against 12 % +No class ruled out/);
});
