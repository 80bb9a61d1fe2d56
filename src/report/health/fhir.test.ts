import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { exampleAnalysis, exampleCard, examplePanelMember } from '../../core/fixtures/analysis';
import type { BodySide } from '../../core/patient/body-areas';
import { allCodes, ownSchemeOid } from './codes';
import { fhirBundle } from './fhir';
import { allOf, observed, problemsOf, resourcesOf } from './fixtures/fhir-schema';
import { exampleSource, outlinedLesion, wordsOf } from './fixtures/source';
import type { HealthSource } from './record';

const documentation = readFileSync(new URL('../../../docs/health-records.md', import.meta.url), 'utf8');

const refused = exampleAnalysis({
  outOfDistribution: { score: 20, threshold: 12, inDistribution: false, refused: true },
});
const placed = (site: string | null, side: BodySide | null) => {
  const { case: noted } = exampleSource();
  return noted && { ...noted, site, side };
};
const variants: Record<string, Partial<HealthSource>> = {
  'everything that a record can hold': {},
  'names, in Korean': { named: true, language: 'ko', ...wordsOf('ko') },
  'no patient, no photo, no scale': { case: null, photo: null, scale: null },
  'no lesion looked for': { analysis: exampleAnalysis() },
  'no lesion found': {
    analysis: exampleAnalysis({
      lesion: { ...outlinedLesion(), chosen: null, morphology: null, mask: null },
    }),
  },
  'no side': { case: placed('forearm', null) },
  'a side that has no code': { case: placed('back', 'middle') },
  'no result': { analysis: refused },
  'a panel': { analysis: exampleAnalysis({ panel: [examplePanelMember('a', 0.2, false)] }) },
};

describe.each(Object.entries(variants))('a bundle with %s', (_, changes) => {
  const bundle = fhirBundle(exampleSource(changes));
  const text = JSON.stringify(bundle);

  test('is valid by the published R4 schema, resource by resource', () => {
    expect(problemsOf(bundle)).toEqual([]);
    expect(resourcesOf(bundle).flatMap((resource) => problemsOf(resource))).toEqual([]);
  });

  test('refers only to what is in it', () => {
    const urls = bundle.entry?.map(({ fullUrl }) => fullUrl) ?? [];
    expect(new Set(urls).size).toBe(urls.length);
    const references = [...text.matchAll(/"reference":"([^"]+)"/g)].map(([, url]) => url);
    expect(references.filter((url) => !urls.includes(url))).toEqual([]);
  });

  test('is preliminary and says that it is no medical device, in both languages', () => {
    const { disclaimer, language } = exampleSource(changes);
    const [report] = allOf(bundle, 'DiagnosticReport');
    expect(report?.status).toBe('preliminary');
    expect(report?.conclusion).toContain(disclaimer.en);
    expect(report?.conclusion).toContain(disclaimer.ko);
    expect(report?.text?.div).toContain(disclaimer.en);
    for (const { status, note } of allOf(bundle, 'Observation')) {
      expect(status).toBe('preliminary');
      expect(note?.map(({ text }) => text)).toContain(disclaimer[language]);
    }
    for (const { note } of allOf(bundle, 'Device')) expect(note?.[0]?.text).toBe(disclaimer[language]);
  });

  test('codes only what was looked up', () => {
    const codings = text.matchAll(/"system":"http:\/\/(?:snomed|loinc|dicom)[^"]*","code":"([^"]+)"/g);
    const known = allCodes.map(({ value }) => value);
    expect([...codings].map(([, code]) => code).filter((code = '') => !known.includes(code))).toEqual([]);
  });

  test('has a code for every observation and every part of it', () => {
    const parts = allOf(bundle, 'Observation').flatMap(({ code, component = [] }) => [
      code,
      ...component.map(({ code }) => code),
    ]);
    expect(parts.length).toBeGreaterThan(2);
    expect(
      parts.filter(({ coding = [], text }) => coding.length !== 1 || !coding[0]?.display || !text),
    ).toEqual([]);
    const own = parts.flatMap(({ coding = [] }) => coding).filter(({ system }) => system?.startsWith('urn:'));
    expect(new Set(own.map(({ system }) => system))).toEqual(new Set([`urn:oid:${ownSchemeOid}`]));
    const classIds = exampleCard.classes.map(({ id }) => id);
    // Each has its line in the documentation; the ids of classes are those of the card.
    const written = own.map(({ code = '' }) => code).filter((code) => !classIds.includes(code));
    expect(written.filter((code) => !documentation.includes(`\`${code}\``))).toEqual([]);
  });
});

test('a class without a code of a terminology has one of ours', () => {
  const [first, ...others] = exampleCard.classes;
  if (!first) throw new Error('no class');
  const card = { ...exampleCard, classes: [{ ...first, id: 'bkl' }, ...others] };
  const { probabilities } = exampleAnalysis();
  const analysis = exampleAnalysis({
    probabilities: probabilities.map((each) => (each.id === first.id ? { ...each, id: 'bkl' } : each)),
  });
  const { health } = wordsOf('en');
  const [coding] =
    observed(fhirBundle(exampleSource({ card, analysis })), health.probabilities).component?.flatMap(
      ({ code }) => code.coding?.filter(({ code }) => code === 'bkl') ?? [],
    ) ?? [];
  expect(coding).toEqual({ system: `urn:oid:${ownSchemeOid}`, code: 'bkl', display: first.name.en });
});

test('the schema finds what is wrong', () => {
  const [report] = allOf(fhirBundle(exampleSource()), 'DiagnosticReport');
  expect(problemsOf({ ...report, status: 'done' } as never)).not.toEqual([]);
  expect(problemsOf({ ...report, code: undefined, extra: 1 } as never)).not.toEqual([]);
});

test('spaces that FHIR takes for none become plain ones', () => {
  const source = exampleSource();
  const wide = fhirBundle({
    ...source,
    health: { ...source.health, title: 'A\u00a0report\u3000on skin' },
  });
  expect(resourcesOf(wide).flatMap((resource) => problemsOf(resource))).toEqual([]);
  expect(JSON.stringify(wide)).toContain('A report on skin');
});

test('the packages are devices with version and hash', () => {
  const devices = allOf(fhirBundle(exampleSource()), 'Device');
  const said = devices.map(({ deviceName, version, identifier }) => [
    deviceName?.[1]?.name,
    version?.map(({ value }) => value),
    identifier?.[0]?.value,
  ]);
  expect(said).toEqual([
    ['tiny-classifier', ['0.1.0', '1.0.0'], 'a'.repeat(64)],
    ['tiny-segmenter', ['0.1.0', '2.0.0'], 'b'.repeat(64)],
  ]);
});

test('names, notes and the photo are in it only when they were asked for', () => {
  const without = JSON.stringify(fhirBundle(exampleSource({ photo: null })));
  for (const secret of ['환자', 'Left shoulder', 'Private words', '"Media"', '"data"'])
    expect(without).not.toContain(secret);
  const bundle = fhirBundle(exampleSource({ named: true }));
  expect(allOf(bundle, 'Patient')[0]).toMatchObject({
    name: [{ text: '환자 <12> & café' }],
    gender: 'female',
  });
  const { photo } = exampleSource();
  const [media] = allOf(bundle, 'Media');
  expect(Buffer.from(media?.content.data ?? '', 'base64')).toEqual(Buffer.from(photo?.bytes ?? []));
  expect(JSON.stringify(bundle)).not.toContain('Private words');
});

describe('the side of the patient that a lesion is on', () => {
  const made = (...place: Parameters<typeof placed>) => {
    const bundle = fhirBundle(exampleSource({ case: placed(...place) }));
    const [structure] = allOf(bundle, 'BodyStructure');
    const ofLesion = allOf(bundle, 'Observation').filter(({ focus }) => focus);
    const sites = [...ofLesion, ...allOf(bundle, 'Media')].map(({ bodySite }) => bodySite);
    return { structure, sites };
  };

  test.each([
    ['left', '7771000', 'Forearm, left'],
    ['right', '24028007', 'Forearm, right'],
  ] as const)('%s: a code in the body structure that every site refers to', (side, code, words) => {
    const { structure, sites } = made('forearm', side);
    expect(structure?.locationQualifier?.map(({ coding }) => coding?.[0])).toEqual([
      { system: 'http://snomed.info/sct', code, display: expect.stringMatching(new RegExp(side, 'i')) },
    ]);
    expect(structure?.location).toMatchObject({ coding: [{ code: '371311000' }], text: words });
    expect(sites.length).toBeGreaterThan(5);
    for (const site of sites) {
      expect(site).toMatchObject({ coding: [{ code: '371311000' }], text: words });
      expect(site?.extension).toEqual([
        {
          url: 'http://hl7.org/fhir/StructureDefinition/bodySite',
          valueReference: { reference: `urn:uuid:${structure?.id}` },
        },
      ]);
    }
  });

  test('the middle is words, since no code says it', () => {
    const { structure, sites } = made('back', 'middle');
    expect(structure?.locationQualifier).toEqual([{ text: 'middle' }]);
    expect(sites[0]?.text).toBe('Back, middle');
  });

  test('is said of no lesion whose site or side is not known', () => {
    expect(made('back', null).structure).not.toHaveProperty('locationQualifier');
    expect(made('back', null).sites[0]?.text).toBe('Back');
    expect(made(null, 'left')).toMatchObject({ structure: undefined });
    expect(made(null, 'left').sites.filter((site) => site)).toEqual([]);
  });
});

test.each(['', null])('a patient without a name (%j) has none, though names are asked for', (alias) => {
  const { case: noted } = exampleSource();
  const source = exampleSource({ named: true, case: noted && { ...noted, alias, lesion: null } });
  const bundle = fhirBundle(source);
  const [patient] = allOf(bundle, 'Patient');
  expect(patient).toMatchObject({ gender: 'female' });
  expect(patient).not.toHaveProperty('name');
  expect(allOf(bundle, 'BodyStructure')[0]).not.toHaveProperty('description');
  expect(resourcesOf(bundle).flatMap((resource) => problemsOf(resource))).toEqual([]);
});

test('the same answer gives the same bytes', () => {
  expect(JSON.stringify(fhirBundle(exampleSource()))).toBe(JSON.stringify(fhirBundle(exampleSource())));
});
