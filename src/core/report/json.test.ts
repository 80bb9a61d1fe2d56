import { describe, expect, test } from 'vitest';
import { exampleAnalysis } from '../fixtures/analysis';
import { type DocumentSource, documentText, parseDocument } from './json';

const source: DocumentSource = {
  analysis: exampleAnalysis({ modelMetadata: { used: { age: 45, sex: 'female' }, missing: ['site'] } }),
  photo: { name: 'a "photo".jpg', type: 'image/jpeg', bytes: 3, sha256: 'b'.repeat(64), data: 'AQID' },
  disclaimer: { en: 'Not a medical device.', ko: '의료기기가 아닙니다.' },
  exportedAt: '2025-03-04T05:06:08.000Z',
};

test('comes back as it was, to the last bit of every number', () => {
  const parsed = parseDocument(documentText(source));
  expect(parsed).toEqual({ ok: true, value: { format: 'lentigo-analysis', schema: 2, ...source } });
  // toEqual takes -0 for 0; the bits of the map must be the same.
  const [plane] = (parsed.ok && parsed.value.analysis.activation?.planes) || [];
  expect(Object.is(plane?.values[1], -0)).toBe(true);
});

test('what was drawn and noted beside the answer goes along, and a file of before has none of it', () => {
  const square = { left: 1, top: 2, side: 30 };
  const notes = {
    square,
    squares: [square],
    scale: 0.05,
    lines: [{ from: { x: 1, y: 2.5 }, to: { x: 30, y: 4 } }],
    marks: ['starred' as const],
    metadata: { age: 45, site: 'hand' },
    impression: { label: 'nv', recordedAt: '2025-03-04T05:06:07.000Z', beforeAnswer: true },
  };
  const parsed = parseDocument(documentText({ ...source, notes }));
  expect(parsed.ok && parsed.value.notes).toEqual(notes);
  const before = parseDocument(documentText(source));
  expect(before.ok && before.value.notes).toBeUndefined();
});

test('what was said of other lesions, and which have no answer, comes back; a file of before has neither', () => {
  const square = { left: 1, top: 2, side: 30 };
  const flag = { flagged: true, probability: 0.6, threshold: 0.21 };
  const other = { number: 2, of: 3, square, noResult: false, flag, classes: ['mel'], listed: 'one' as const };
  const unasked = { reason: 'not-asked' as const, numbers: [3], of: 3, limit: null };
  const parsed = parseDocument(documentText({ ...source, otherLesions: [other], unaskedLesions: [unasked] }));
  expect(parsed.ok && [parsed.value.otherLesions, parsed.value.unaskedLesions]).toEqual([[other], [unasked]]);
  const before = parseDocument(documentText(source));
  expect(before.ok && [before.value.otherLesions, before.value.unaskedLesions]).toEqual([
    undefined,
    undefined,
  ]);
});

test('a file from before panels, unsure sets and calibrations of a site is read', () => {
  const json = JSON.parse(documentText(source));
  for (const name of ['unsure', 'panel', 'siteCalibration']) delete json.analysis[name];
  delete json.analysis.decision.wanted;
  const parsed = parseDocument(JSON.stringify(json));
  expect(parsed.ok && parsed.value.analysis).toEqual(source.analysis);
});

test('a file of schema 1 is read by the names that it has', () => {
  const json = JSON.parse(documentText(source));
  const { modelMetadata, outOfDistribution, testTimeAugmentation, degradations, ...others } = json.analysis;
  const { inDistribution, ...ood } = outOfDistribution;
  json.schema = 1;
  json.analysis = {
    ...others,
    outOfDistribution: { ...ood, familiar: inDistribution },
    told: { known: modelMetadata.used, unknown: modelMetadata.missing },
    steadiness: testTimeAugmentation,
    setbacks: degradations,
  };
  const parsed = parseDocument(JSON.stringify(json));
  expect(parsed.ok && parsed.value.analysis).toEqual(source.analysis);
});

test('the photo goes along only where it was given', () => {
  const { data, ...photo } = source.photo;
  expect(documentText(source)).toContain(data);
  expect(documentText({ ...source, photo })).not.toContain('"data"');
});

test('carries the disclaimer in both languages', () => {
  expect(JSON.parse(documentText(source)).disclaimer).toEqual(source.disclaimer);
});

describe('refuses', () => {
  const broken = (change: (json: ReturnType<typeof JSON.parse>) => void) => {
    const json = JSON.parse(documentText(source));
    change(json);
    const parsed = parseDocument(JSON.stringify(json));
    return parsed.ok ? null : `${parsed.failure.code} ${parsed.failure.detail.problem}`;
  };

  test('what is not JSON', () => {
    expect(parseDocument('{')).toEqual({
      ok: false,
      failure: { code: 'document-invalid', detail: { problem: 'not JSON' } },
    });
  });

  test('another format or schema, by name', () => {
    expect(broken((json) => (json.format = 'other'))).toMatch(/^document-invalid format: /);
    expect(broken((json) => (json.schema = 3))).toMatch(/^document-invalid schema: /);
  });

  test('a probability beyond 1', () => {
    expect(broken((json) => (json.analysis.probabilities[1].calibrated = 1.5))).toMatch(
      /^document-invalid analysis\.probabilities\.1\.calibrated: /,
    );
  });

  test('a map that is cut off', () => {
    expect(broken((json) => (json.analysis.activation.planes[0].values = 'AAAA'))).toMatch(/whole 32-bit/);
    expect(broken((json) => (json.analysis.activation.planes[0].values = 'AAAAAA=='))).toMatch(
      /width x height/,
    );
  });

  test('null and text', () => {
    expect(parseDocument('null').ok).toBe(false);
    expect(parseDocument('"x"').ok).toBe(false);
  });
});
