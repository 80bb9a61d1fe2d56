import { describe, expect, it } from 'vitest';
import { createPatientContext } from './patient-context';

describe('the patient context', () => {
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

  it('takes null for unknown', () => {
    const patientContext = createPatientContext();
    patientContext.setMetadata(['a', 'b'], { age: 30, site: 'hand', itch: 'yes' });
    patientContext.setMetadata(['a'], { age: null });
    expect(patientContext.valuesOf('a')).toEqual({ site: 'hand', itch: 'yes' });
    expect(patientContext.valuesOf('b')).toEqual({ age: 30, site: 'hand', itch: 'yes' });
    expect(patientContext.valuesOf('c')).toEqual({});
  });
});
