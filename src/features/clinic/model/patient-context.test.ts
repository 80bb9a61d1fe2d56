import { describe, expect, it } from 'vitest';
import { exampleCard } from '../../../core/fixtures/analysis';
import { createPatientContext } from './patient-context';

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

describe('the bedside', () => {
  it('keeps what was read from a file apart from what the user said, and never writes over the latter', () => {
    const patientContext = createPatientContext();
    patientContext.setMetadata(['a'], { age: 30 });
    patientContext.readFromFile('a', { age: 61, sex: 'male', site: null });
    expect(patientContext.store.getState().metadata.a).toEqual({
      values: { age: 30, sex: 'male' },
      fromFile: ['sex'],
    });
    patientContext.setMetadata(['a'], { sex: 'female' });
    expect(patientContext.store.getState().metadata.a?.fromFile).toEqual([]);
  });

  it('takes null for unknown, and tells a package only what its card asks for', () => {
    const patientContext = createPatientContext();
    patientContext.setMetadata(['a', 'b'], { age: 30, site: 'hand', itch: 'yes' });
    patientContext.setMetadata(['a'], { age: null });
    expect(patientContext.metadataFor('a', card)).toEqual({ region: 'hand' });
    expect(patientContext.metadataFor('b', card)).toEqual({ age: 30, region: 'hand' });
    expect(patientContext.metadataFor('b', exampleCard)).toBeUndefined();
  });
});
