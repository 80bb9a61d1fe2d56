import type { Bundle } from 'fhir/r4';
import { expect, test } from 'vitest';
import {
  exampleAnalysis,
  exampleCard,
  examplePanelMember,
  exampleSiteCalibration,
} from '../../core/fixtures/analysis';
import { fill } from '../words';
import { dicomStudy } from './dicom';
import { fhirBundle } from './fhir';
import { allOf, observed, problemsOf, resourcesOf } from './fixtures/fhir-schema';
import { exampleSource, wordsOf } from './fixtures/source';
import type { HealthSource } from './record';

/** What a bundle says of the answer, in numbers and in its conclusion. */

const refused = exampleAnalysis({
  outOfDistribution: { score: 20, threshold: 12, inDistribution: false, refused: true },
});

test('the answer is in it as numbers: decision, probabilities, prediction set', () => {
  const bundle = fhirBundle(exampleSource());
  const { health } = wordsOf('en');
  const one = { unit: '1', system: 'http://unitsofmeasure.org', code: '1' };
  const flagged = observed(bundle, health.flagged);
  expect(flagged.valueBoolean).toBe(true);
  expect(flagged.component?.flatMap(({ valueQuantity }) => valueQuantity ?? [])).toEqual(
    [0.3, 0.21, exampleCard.decision?.targetSensitivity].map((value) => ({ ...one, value })),
  );
  const probabilities = observed(bundle, health.probabilities).component;
  expect(probabilities?.map(({ code, valueQuantity }) => [code.coding?.[0]?.code, valueQuantity])).toEqual([
    ['400096001', { ...one, value: 0.7 }],
    ['93655004', { ...one, value: 0.3 }],
  ]);
  const set = observed(bundle, health.predictionSet).component;
  expect(set?.map(({ valueBoolean }) => valueBoolean)).toEqual([true, true]);
});

test.each([
  ['the package', {}, 'threshold-package', [], exampleCard.decision?.targetSensitivity],
  ['a sensitivity that was asked for', { wanted: 0.95 }, 'threshold-asked', [], 0.95],
  ['this site', { site: true }, 'threshold-site', ['Ward 3, 2026-01-02T03:04:05.000Z'], 0.9],
] as const)('where the threshold comes from is a code: %s', (_, asked, origin, sites, target) => {
  const { wanted = null, site = false } = asked as { wanted?: number; site?: boolean };
  const decision = {
    positive: ['mel'],
    probability: 0.3,
    threshold: site ? 0.05 : 0.21,
    above: true,
    wanted,
  };
  const siteCalibration = site ? exampleSiteCalibration(exampleCard.id, 'a'.repeat(64)) : null;
  const source = exampleSource({ analysis: exampleAnalysis({ decision, siteCalibration }) });
  const bundle = fhirBundle(source);
  const { component = [] } = observed(bundle, wordsOf('en').health.flagged);
  const valued = (id: string) => component.find(({ code }) => code.coding?.[0]?.code === id);
  expect(valued('threshold-origin')?.valueCodeableConcept?.coding?.[0]?.code).toBe(origin);
  expect(valued('threshold-target')?.valueQuantity?.value).toBe(target);
  expect(component.flatMap(({ valueString }) => valueString ?? [])).toEqual(sites);
  expect(resourcesOf(bundle).flatMap((resource) => problemsOf(resource))).toEqual([]);
  const report = JSON.stringify(dicomStudy({ ...source, photo: null }, null).at(-1)?.dataset);
  for (const part of [origin, 'threshold-target', ...sites]) expect(report).toContain(part);
});

test('flagged or not comes first, then what cannot be ruled out, then the classes', () => {
  const { health } = wordsOf('en');
  const texts = allOf(fhirBundle(exampleSource()), 'Observation').map(({ code }) => code.text);
  expect(texts.slice(0, 3)).toEqual([health.flagged, health.predictionSet, health.probabilities]);
});

test('the outline is measured in millimetres, in UCUM', () => {
  const { health } = wordsOf('en');
  const size = observed(fhirBundle(exampleSource()), health.size).component;
  // 500 pixels of 0.02 mm; 120 000 square pixels.
  expect(size?.map(({ valueQuantity }) => [valueQuantity?.value, valueQuantity?.code])).toEqual([
    [10, 'mm'],
    [48, 'mm2'],
  ]);
  const unscaled = observed(fhirBundle(exampleSource({ scale: null })), health.size).component;
  expect(unscaled?.map(({ valueQuantity }) => valueQuantity)).toEqual([undefined, undefined]);
  expect(unscaled?.map(({ dataAbsentReason }) => dataAbsentReason?.text)).toEqual([
    health.noScale,
    health.noScale,
  ]);
});

test('"no result" has the reason and no number, and says a flag all the same', () => {
  const { health, words } = wordsOf('en');
  const bundle = fhirBundle(exampleSource({ analysis: refused }));
  for (const text of [health.flagged, health.probabilities, health.predictionSet]) {
    const { dataAbsentReason, component, valueBoolean, note } = observed(bundle, text);
    expect(dataAbsentReason?.coding?.[0]?.code).toBe('unknown');
    expect(dataAbsentReason?.text).toBe(words.verdict.noResult);
    expect([component, valueBoolean]).toEqual([undefined, undefined]);
    expect(note?.[0]?.text).toBe(words.verdict.flaggedAllTheSame);
  }
  expect(allOf(bundle, 'DiagnosticReport')[0]?.conclusion).toContain(words.verdict.headline['no-result']);
});

test('an unusual photo is said in the conclusion, in the language of the reader', () => {
  const unusual = exampleAnalysis({
    outOfDistribution: { score: 13, threshold: 12, inDistribution: false, refused: false },
  });
  for (const language of ['en', 'ko'] as const) {
    const { words, health } = wordsOf(language);
    const source = (analysis: HealthSource['analysis']) =>
      fhirBundle(exampleSource({ analysis, words, health, language }));
    const conclusionOf = (bundle: Bundle) => allOf(bundle, 'DiagnosticReport')[0]?.conclusion;
    expect(conclusionOf(source(unusual))).toContain(words.answer.unusual);
    expect(conclusionOf(source(exampleAnalysis()))).not.toContain(words.answer.unusual);
  }
});

test.each(['en', 'ko'] as const)(
  'a check of the photo that was overruled is in the conclusion, in %s',
  (language) => {
    const checks = [{ check: 'blur', passed: false, value: 1, limit: 2, severity: 'refuse' } as const];
    const analysis = exampleAnalysis({ gate: { accepted: false, overruled: true, checks } });
    const source = exampleSource({ analysis, language, ...wordsOf(language) });
    const { overruled, refuse } = wordsOf(language).words.gate;
    const [report] = allOf(fhirBundle(source), 'DiagnosticReport');
    expect(report?.conclusion).toContain(`${overruled} ${refuse.blur}`);
    expect(JSON.stringify(dicomStudy(source, null).at(-1)?.dataset)).toContain(overruled);
  },
);

test('the conclusion names the networks of a panel by their titles', () => {
  const panel = [examplePanelMember('a', 0.12, false), examplePanelMember('b', 0.48, true)];
  const analysis = exampleAnalysis({ panel });
  const bundle = fhirBundle(exampleSource({ analysis, titleOf: (id) => `Network ${id}` }));
  const [report] = allOf(bundle, 'DiagnosticReport');
  expect(report?.conclusion).toContain('1 of the 2 networks would flag the photo: Network b.');
});

test('the conclusion says that another version of the model judged, and claims nothing of the one here', () => {
  const { card } = exampleSource();
  for (const language of ['en', 'ko'] as const) {
    const { verdict } = wordsOf(language).words;
    const source = { card: { ...card, version: '1.1.0' }, language, ...wordsOf(language) };
    const [report] = allOf(fhirBundle(exampleSource(source)), 'DiagnosticReport');
    const said = fill(verdict.otherVersion.version, { version: '1.0.0', here: '1.1.0' });
    expect(report?.conclusion?.split(said)).toHaveLength(2);
    const promise = fill(verdict.list.promise['class-conditional'], { coverage: '90' }).slice(0, 20);
    expect(report?.conclusion).not.toContain(promise);
  }
});
