// @vitest-environment happy-dom
import 'fake-indexeddb/auto';
import { configure, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { exampleAnalysis, exampleCard } from '../../../../core/fixtures/analysis';
import type { Cases } from '../../../../records/cases';
import { entry, lesion } from '../../../../records/fixtures/records';
import { start } from '../../../../records/fixtures/stored-cases';
import { splitAnalysis } from '../../../../records/record';
import { fakeServices, text } from '../../../../ui/testing/render';
import { createReferenceStore } from '../../model/similar/reference-store';
import { openPhoto } from '../../model/testing/triage-rows';
import { SimilarSection } from '../SimilarSection';
import { renderClinic } from '../testing/render-clinic';

// A document without a browser has no workers: what the worker does is done here.
vi.mock('../../../../records/similar-in-worker', async () => ({
  createSimilarInWorker: (await import('../../../../records/similar-cases')).createSimilarCases,
}));

// The section is fetched late, which takes a busy machine longer than the usual second.
configure({ asyncUtilTimeout: 30_000 });

let cases: Cases;
afterEach(() => cases.forgetEverything());

const at = (degrees: number) => [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
const histology = { label: 'mel', recordedAt: '2025-01-02T00:00:00.000Z', notes: '' };

/** The section beside an answer, with so many lesions of a known histology in the records. */
async function draw(lesions: number, changes: Parameters<typeof exampleAnalysis>[0] = { embedding: at(0) }) {
  cases = start();
  const degrees = Array.from({ length: lesions }, (_, index) => index + 1);
  await cases.put({
    lesions: degrees.map((angle) => lesion(`l${angle}`, { histology, label: `Spot ${angle}` })),
    entries: degrees.map((angle) =>
      entry(`e${angle}`, `p${angle}`, `l${angle}`, {
        analysis: splitAnalysis('', exampleAnalysis({ embedding: at(angle) })).analysis,
      }),
    ),
  });
  const services = { ...fakeServices(), cases };
  const drawn = renderClinic(
    <SimilarSection photo={openPhoto('arm.jpg')} card={exampleCard} analysis={exampleAnalysis(changes)} />,
    services,
  );
  // It remembers that it was opened.
  const toggle = screen.getByRole('button', { name: text('similar.heading') });
  if (toggle.getAttribute('aria-expanded') === 'false') fireEvent.click(toggle);
  return drawn;
}

test('the nearest lesions stand with diagnosis and distance, and lead to their case', async () => {
  await draw(20);
  const links = await screen.findAllByRole('link');
  expect(links.map((link) => link.getAttribute('href'))).toEqual(
    ['l1', 'l2', 'l3', 'l4', 'l5'].map((id) => `#/cases?lesion=${id}`),
  );
  const melanoma = exampleCard.classes.find(({ id }) => id === 'mel')?.name.en ?? '';
  expect(links[4]?.textContent).toContain(melanoma);
  expect(links[4]?.textContent).toContain(text('similar.distance', { distance: '0.0038' }));
  expect(links[4]?.textContent).toContain('Spot 5');
  expect(screen.getByText(text('similar.caution'))).toBeDefined();
});

test('under twenty lesions it says how many there are, and shows none', async () => {
  await draw(19);
  expect(
    await screen.findByText(text('similar.tooFew', { count: 19, lesions: 19, needed: 20 })),
  ).toBeDefined();
  expect(screen.queryByRole('link')).toBeNull();
  expect(screen.queryByText(text('similar.caution'))).toBeNull();
});

test('a photo without a result is compared with nothing, and neither is one without features', async () => {
  const refused = { score: 9, threshold: 1, inDistribution: false, refused: true };
  const { unmount } = await draw(20, { embedding: at(0), outOfDistribution: refused });
  expect(await screen.findByText(text('similar.noResult'))).toBeDefined();
  unmount();
  await cases.forgetEverything();
  await draw(20, { embedding: null });
  expect(await screen.findByText(text('similar.noEmbedding'))).toBeDefined();
  expect(screen.queryByRole('link')).toBeNull();
});

test('a reference set of another version is said not to fit, and can be deleted', async () => {
  const sets = createReferenceStore();
  const set = {
    ...{
      schema: 1 as const,
      id: 'set',
      name: 'Teaching',
      packageId: 'tiny-classifier',
      packageVersion: '0.9.0',
    },
    ...{
      packageHash: 'b'.repeat(64),
      createdAt: '2026-03-04T05:06:07.000Z',
      planned: 1,
      photos: 1,
      lesions: 1,
    },
  };
  const vector = new Float32Array([1, 0]);
  await sets.add(
    set,
    { id: 'set/0000000', setId: 'set', lesion: 'a', name: 'a', diagnosis: 'nv', vector },
    null,
  );
  await draw(0);
  expect(await screen.findByText(/^Teaching does not fit: it was made with version 0\.9\.0/)).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: text('similar.sets.open') }));
  fireEvent.click(
    await screen.findByRole('button', { name: text('similar.sets.deleteOf', { name: 'Teaching' }) }),
  );
  fireEvent.click(await screen.findByRole('button', { name: text('similar.sets.deleteSure') }));
  expect(await screen.findByText(text('similar.sets.none'))).toBeDefined();
  await waitFor(() => expect(screen.queryByText(/does not fit/)).toBeNull());
  expect(await sets.sets()).toEqual([]);
});
