import { describe, expect, it } from 'vitest';
import { exampleAnalysis, exampleCard } from '../core/fixtures/analysis';
import { withoutMetadata } from './may-leave';

const name = { en: 'x', ko: '가' };
const fields = (ids: string[]) => ids.map((id) => ({ id, name, values: [id] }));
const card = {
  ...exampleCard,
  metadata: {
    width: 20,
    fields: [
      { id: 'age', name, kind: 'bins' as const, offset: 0, size: 3, edges: [0, 50] },
      { id: 'sex', name, kind: 'choice' as const, offset: 3, size: 3, choices: fields(['female', 'male']) },
      { id: 'region', name, kind: 'choice' as const, offset: 6, size: 3, choices: fields(['back', 'hand']) },
    ],
  },
};

describe('withoutFacts', () => {
  it('leaves out what came from a file, the site under whatever name the card gives it', () => {
    const analysis = exampleAnalysis({
      modelMetadata: { used: { age: 61, sex: 'male', region: 'back' }, missing: [] },
    });
    const left = withoutMetadata(analysis, card, ['age', 'site']);
    expect(left.modelMetadata).toEqual({ used: { sex: 'male' }, missing: ['age', 'region'] });
    expect(withoutMetadata(analysis, card, [])).toBe(analysis);
  });
});
