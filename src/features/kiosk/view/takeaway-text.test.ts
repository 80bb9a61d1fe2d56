// @vitest-environment happy-dom
import type { TFunction } from 'i18next';
import { expect, test } from 'vitest';
import { exampleCard } from '../../../core/fixtures/analysis';
import { exampleLook } from '../../../core/takeaway/fixtures/look';
import type { Look, Takeaway } from '../../../core/takeaway/takeaway';
import { text } from '../../../ui/testing/render';
import { takeawayText } from './takeaway-text';

const words = {
  t: text as TFunction,
  read: ({ en }: { en: string }) => en,
  language: 'en',
  locale: 'en',
  cards: [exampleCard],
  listOf: (_: unknown, { classes, listed }: { classes: readonly string[]; listed: string }) =>
    `${listed}: ${classes.join(' ')}`,
};
const visit: Takeaway = { day: '2026-11-29', looks: [exampleLook], round: null };

test('says what was seen, by which model, and what it is not', () => {
  const lines = takeawayText({ ...visit, round: { you: 4, machine: 5, of: 6, drawn: false } }, words).split(
    '\n',
  );
  expect(lines[0]).toBe('Lentigo, Nov\u00a029,\u00a02026');
  expect(lines.slice(1, 3)).toEqual(['You: 4 of 6 right', 'The machine: 5 of 6 right']);
  expect(lines[3]).toContain(`Sample 2 (${exampleCard.title.en} 1.0.0): Flagged, `);
  expect(lines[3]).toMatch(/81\s%/);
  expect(lines.at(-1)).toBe(text('app.disclaimer'));
});

test('has no number of a drawing, and nothing of the camera but that it was used', () => {
  const drawing: Look = { ...exampleLook, kind: 'drawing', probabilities: [] };
  const camera: Look = { kind: 'camera', model: exampleLook.model };
  const written = takeawayText({ ...visit, looks: [drawing, camera] }, words);
  expect(written).toContain('a drawing');
  expect(written).not.toContain('%');
  expect(written.split('\n')[2]).toBe(`${text('takeaway.camera')} (${exampleCard.title.en} 1.0.0)`);
});

test('a flagged photo names what it was flagged for, however probable benign classes are', () => {
  const [nevus] = exampleCard.classes;
  const keratosis = { ...nevus, id: 'bkl', name: { en: 'Keratosis', ko: '각화증' } };
  const cards = [{ ...exampleCard, classes: [...exampleCard.classes, keratosis] }] as typeof words.cards;
  const probabilities = Object.entries({ nv: 450, bkl: 300, mel: 250 }).map(([id, permille]) => ({
    id,
    permille,
  }));
  const lineOf = (headline: 'flagged' | 'not-flagged') =>
    takeawayText({ ...visit, looks: [{ ...exampleLook, headline, probabilities }] }, { ...words, cards })
      .split('\n')[1]
      ?.replaceAll('\u00a0', ' ');
  expect(lineOf('flagged')).toMatch(/: Flagged, Melanoma 25 %, .*Nevus 45 %$/);
  expect(lineOf('not-flagged')).toMatch(/: Not flagged, .*Nevus 45 %, Keratosis 30 %$/);
});

test('what cannot be ruled out stands after the decision, before any number', () => {
  const listed = { classes: ['nv'], unsure: false };
  const line = takeawayText(
    { ...visit, looks: [{ ...exampleLook, headline: 'not-flagged', listed }] },
    words,
  );
  expect(line.replaceAll('\u00a0', ' ')).toContain(': Not flagged. one: nv; Melanoma 81 %');
});

test('what a model without a threshold says is led by that', () => {
  const look: Look = { ...exampleLook, headline: 'most-probable' };
  const line = takeawayText({ ...visit, looks: [look] }, words).replaceAll('\u00a0', ' ');
  expect(line).toContain(': No threshold, Melanoma 81 %');
});

test('a photo without a result that was flagged all the same says so', () => {
  const look: Look = { ...exampleLook, headline: 'no-result-flagged', probabilities: [] };
  expect(takeawayText({ ...visit, looks: [look] }, words)).toContain(
    'No confident result. Flagged all the same.',
  );
});

test('names the calibration of the site that judged, by its day', () => {
  const model = { ...exampleLook.model, site: '2026-01-02' };
  const round = { you: 4, machine: 5, of: 6, drawn: false, site: '2026-01-02' };
  const written = takeawayText({ ...visit, looks: [{ ...exampleLook, model }], round }, words);
  const bySite = text('takeaway.site', { day: 'Jan\u00a02,\u00a02026' });
  expect(written.split(bySite)).toHaveLength(3);
  expect(takeawayText(visit, words)).not.toContain('calibration');
});
