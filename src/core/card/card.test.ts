import { describe, expect, test } from 'vitest';
import example from '../fixtures/card.json';
import { parseCard, parseIndex } from './card';

/** The example with one place changed: `change('input.height', 9)`. */
function change(path: string, value: unknown): unknown {
  const card: Record<string, unknown> = structuredClone(example);
  const keys = path.split('.');
  const last = keys.pop() as string;
  const parent = keys.reduce((at, key) => at[key] as Record<string, unknown>, card);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return card;
}

const problemOf = (json: unknown) => {
  const parsed = parseCard('tiny-classifier', json);
  return parsed.ok ? null : `${parsed.failure.code} ${parsed.failure.detail.problem}`;
};

test('the example of the contract is a card', () => {
  const parsed = parseCard('tiny-classifier', example);
  expect(parsed.ok && parsed.value.classes.map(({ id }) => id)).toEqual(['nv', 'mel']);
});

describe('a failure names the field', () => {
  test.each<[string, unknown, string]>([
    ['schema', 4, 'schema: must be 1, 2 or 3'],
    ['task', 'regression', 'task'],
    ['classes.0.kind', 'harmless', 'classes.0.kind'],
    ['id', 'another', 'id'],
    ['title.ko', undefined, 'title.ko'],
    ['input.fit', 'stretch', 'input.fit'],
    ['input.height', 9, 'input: height and width'],
    ['outputs.logits', undefined, 'outputs.logits'],
    ['outputs.ood', undefined, 'ood: there is no output'],
    ['calibration', null, 'calibration'],
    ['calibration.temperature', 0, 'calibration.temperature'],
    ['calibration.conformal.classes', [], 'calibration.conformal.classes: must be the classes'],
    ['decision.positive', ['scc'], 'decision.positive: "scc" is no class'],
    ['merge', [{ id: 'a', name: { en: 'a', ko: 'a' }, classes: ['scc'] }], 'merge: "scc"'],
    ['golden.logits', [1], 'golden.logits'],
    ['embedding', { dimensions: 96, variance: 0.9 }, 'embedding: there is no output "embedding"'],
    ['files', [example.files[1], example.files[1]], 'files: model.json is missing'],
    ['files.0.path', '../secret', 'files.0.path'],
    ['files.0.sha256', 'abc', 'files.0.sha256'],
  ])('%s = %j', (path, value, problem) => {
    expect(problemOf(change(path, value))).toContain(`package-invalid ${problem}`);
  });

  test('not an object at all', () => expect(problemOf('<!doctype html>')).toContain('package-invalid'));
});

test('a segmentation needs neither classes nor calibration, and three golden numbers', () => {
  const card = {
    ...(change('task', 'segmentation') as object),
    outputs: { lesion: 'lesion' },
    classes: [],
    calibration: null,
    decision: null,
    ood: null,
    golden: {
      formula: 'integer-ramp',
      lesion: { mean: -1, minimum: -5, maximum: 4 },
      tolerance: 0.02,
    },
  };
  expect(problemOf(card)).toBeNull();
});

describe('a panel', () => {
  const member = (id: string) => ({
    id,
    version: '1.0.0',
    card: 'a'.repeat(64),
    weight: 0.5,
    temperature: 1,
  });
  const { input: _input, outputs: _outputs, ...rest } = example;
  const panel = (changes: object = {}) => ({
    ...rest,
    task: 'panel',
    files: [],
    ood: { ...example.ood, member: 'a' },
    panel: { members: [member('a'), member('b')], join: 'mean-log-probabilities' },
    ...changes,
  });

  test('has members in place of a network', () => {
    const parsed = parseCard('tiny-classifier', panel());
    expect(parsed.ok && parsed.value.task === 'panel' && parsed.value.panel.members).toHaveLength(2);
  });

  test.each<[string, object, string]>([
    ['one member', { panel: { ...panel().panel, members: [member('a')] } }, 'panel.members'],
    [
      'a member twice',
      { panel: { ...panel().panel, members: [member('a'), member('a')] } },
      'is there twice',
    ],
    [
      'itself',
      { panel: { ...panel().panel, members: [member('a'), member('tiny-classifier')] } },
      'own member',
    ],
    ['a score of nobody', { ood: { ...example.ood, member: 'c' } }, 'ood.member'],
    ['a join that is not known', { panel: { ...panel().panel, join: 'vote' } }, 'panel.join'],
    ['files of its own', { files: example.files }, 'files'],
  ])('with %s is refused', (_, changes, problem) => {
    expect(problemOf(panel(changes))).toContain(problem);
  });
});

test('index: ids in order; a path out of the folder is refused', () => {
  expect(parseIndex({ packages: ['b', 'a'] })).toEqual({ ok: true, value: { ids: ['b', 'a'], invalid: [] } });
  expect(parseIndex({ packages: ['b', '../b', 7, 'b'] })).toEqual({
    ok: true,
    value: { ids: ['b'], invalid: ['"../b"', '7'] },
  });
  expect(parseIndex([]).ok).toBe(false);
});
