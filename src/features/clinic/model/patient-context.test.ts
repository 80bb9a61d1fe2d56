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

describe('a place that the name says', () => {
  const noted = (run: (context: ReturnType<typeof createPatientContext>) => void) => {
    const context = createPatientContext();
    run(context);
    return context.store.getState().metadata.a;
  };

  it('is a fact that is marked as read from the name, until the user changes it', () => {
    expect(noted((context) => context.readFromName('a', 'back'))).toEqual({
      values: { site: 'back' },
      fromFile: [],
      fromName: ['site'],
    });
    const changed = noted((context) => {
      context.readFromName('a', 'back');
      context.setMetadata(['a'], { age: 30, site: 'chest' });
    });
    expect(changed).toEqual({ values: { age: 30, site: 'chest' }, fromFile: [], fromName: [] });
  });

  it('gives way to what a DICOM file says, and never to the other way round', () => {
    const said = { values: { site: 'upper-body' }, fromFile: ['site'] };
    const dicom = { age: null, sex: null, site: 'upper-body' as const };
    expect(
      noted((context) => {
        context.readFromName('a', 'back');
        context.readFromFile('a', dicom);
      }),
    ).toEqual({ ...said, fromName: [] });
    expect(
      noted((context) => {
        context.readFromFile('a', dicom);
        context.readFromName('a', 'back');
      }),
    ).toEqual(said);
  });

  it('stays out where the user said something, or the name says nothing', () => {
    const own = noted((context) => {
      context.setMetadata(['a'], { site: 'chest' });
      context.readFromName('a', 'back');
    });
    expect(own).toEqual({ values: { site: 'chest' }, fromFile: [] });
    expect(noted((context) => context.readFromName('a', null))).toBeUndefined();
  });
});
