// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { entry, lesion, patient, photo } from '../../../records/fixtures/records';
import type { AnalysisEntry } from '../../../records/record';
import { renderPart } from '../../../ui/testing/render';
import type { Case } from '../model/search';
import { CaseList } from './CaseList';

/** A document without a browser lays nothing out: a window of 720 pixels with rows of 72. */
const heights = { clientHeight: 720, offsetHeight: 72 };
beforeEach(() => {
  for (const [name, height] of Object.entries(heights))
    vi.spyOn(HTMLElement.prototype, name as keyof typeof heights, 'get').mockReturnValue(height);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const casesOf = (count: number): Case[] =>
  Array.from({ length: count }, (_, index) => ({
    lesion: lesion(`l${index}`, { patientId: `p${index}` }),
    patient: patient(`p${index}`),
    photos: [photo(`h${index}`, [`l${index}`])],
    entries: [],
  }));

test('of thousands of cases only those in view are in the page, and each says its place', async () => {
  const onChoose = vi.fn();
  const { container } = renderPart(<CaseList cases={casesOf(3000)} chosen={null} onChoose={onChoose} />);
  const rows = await screen.findAllByRole('listitem');
  expect(rows.length).toBeGreaterThanOrEqual(10);
  expect(rows.length).toBeLessThanOrEqual(30);
  expect(container.querySelectorAll('*').length).toBeLessThan(800);
  expect(rows[3]?.getAttribute('aria-posinset')).toBe('4');
  expect(rows[3]?.getAttribute('aria-setsize')).toBe('3000');
  fireEvent.click(screen.getByRole('button', { name: /Label l3/ }));
  expect(onChoose).toHaveBeenCalledWith('l3');
});

test('a search that leaves few cases shows all of them', async () => {
  const cases = casesOf(3000);
  const props = { chosen: null, onChoose: () => {} };
  const { rerender } = renderPart(<CaseList cases={cases} {...props} />);
  rerender(<CaseList cases={cases.slice(2000, 2002)} {...props} />);
  expect((await screen.findAllByRole('listitem')).map(({ textContent }) => textContent)).toEqual([
    expect.stringContaining('Label l2000'),
    expect.stringContaining('Label l2001'),
  ]);
});

test('a row says what was flagged in words, without a result too', async () => {
  const refused = { score: 20, threshold: 12.3, inDistribution: false, refused: true };
  const withAnswer = (id: string, changes: Partial<AnalysisEntry['analysis']>): Case => {
    const { analysis } = entry(`e${id}`, `h${id}`, id);
    const entries = [entry(`e${id}`, `h${id}`, id, { analysis: { ...analysis, ...changes } })];
    return { lesion: lesion(id), patient: null, photos: [photo(`h${id}`, [id])], entries };
  };
  const cases = [withAnswer('a', {}), withAnswer('b', { outOfDistribution: refused })];
  renderPart(<CaseList cases={cases} chosen={null} onChoose={() => {}} />);
  const said = (await screen.findAllByRole('listitem')).map(({ textContent }) =>
    textContent?.replaceAll('\u00a0', ' '),
  );
  expect(said[0]).toContain('Flagged: 30 % against 21 %');
  expect(said[1]).toContain(
    'No confident result. Flagged all the same: 30 % against 21 %. Nothing ruled out',
  );
});

test('of several models that answered a photo, the one that flags it stands in the row, by its name', async () => {
  const by = (packageId: string, above: boolean): AnalysisEntry => {
    const { analysis } = entry(packageId, 'h', 'l');
    const decision = {
      positive: ['mel'],
      probability: above ? 0.3 : 0.1,
      threshold: 0.21,
      above,
      wanted: null,
    };
    const provenance = { ...analysis.provenance, packageId };
    return entry(packageId, 'h', 'l', { analysis: { ...analysis, decision, provenance } });
  };
  // The newest first: the compared model was done last.
  const entries = [by('compared', false), by('panel', true)];
  const cases = [{ lesion: lesion('l'), patient: null, photos: [photo('h', ['l'])], entries }];
  renderPart(<CaseList cases={cases} chosen={null} onChoose={() => {}} />);
  const [row] = await screen.findAllByRole('listitem');
  expect(row?.textContent?.replaceAll('\u00a0', ' ')).toContain('Flagged: 30 % against 21 % (panel)');
});
