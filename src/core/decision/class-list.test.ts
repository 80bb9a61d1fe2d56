import { describe, expect, it } from 'vitest';
import { classList } from './class-list';
import type { Flag } from './flag';

const name = { en: 'x', ko: '엑스' };
const ids = ['akiec', 'bcc', 'mel', 'nv'];
const classes = ids.map((id) => ({
  id,
  name,
  description: name,
  kind:
    id === 'nv' ? ('benign' as const) : id === 'akiec' ? ('premalignant' as const) : ('malignant' as const),
}));
const interval = (value: number) => ({ value, low: value - 0.05, high: Math.min(1, value + 0.05) });
const conformal = {
  method: 'class-conditional' as const,
  coverage: 0.9,
  classes: ids.map((id) => ({ class: id, quantile: 0.8, count: 100, pooledWith: [] })),
  test: {
    coverage: interval(0.91),
    meanSize: interval(1.6),
    empty: interval(0.02),
    single: interval(0.5),
    perClass: [
      { class: 'mel', count: 167, coverage: interval(0.918) },
      { class: 'nv', count: 700, coverage: interval(0.9) },
    ],
  },
};
const said = (...values: number[]) =>
  ids.map((id, index) => ({ id, logit: 0, raw: 0, calibrated: values[index] ?? 0 }));
const flag = (flagged: boolean): Flag => ({
  flagged,
  probability: 0.24,
  threshold: 0.2,
  digits: 0,
  positive: ['akiec', 'bcc', 'mel'],
  added: 'malignant-premalignant',
  target: 0.9,
  chosen: false,
  measured: null,
});
const listOf = (set: string[], flagged: boolean, unsure = false) =>
  classList({ classes }, { conformal }, said(0.04, 0.05, 0.15, 0.76), { set, unsure, flag: flag(flagged) });

describe('what cannot be ruled out', () => {
  it('is the prediction set, the most probable class first', () => {
    expect(listOf(['nv', 'mel'], true)).toMatchObject({ classes: ['nv', 'mel'], forFlag: [], words: 'some' });
    expect(listOf(['nv'], false)).toMatchObject({ classes: ['nv'], words: 'one' });
    expect(listOf(['mel', 'nv', 'bcc', 'akiec'], true).words).toBe('all');
  });

  it('of a flagged photo never holds benign classes alone', () => {
    expect(listOf(['nv'], true)).toMatchObject({ classes: ['nv', 'mel'], forFlag: ['mel'], words: 'some' });
  });

  it('is worth what was measured for every class where none is more urgent than the others, as of acne', () => {
    const benign = classes.map((each) => ({ ...each, kind: 'benign' as const }));
    const { heldByClass } = classList({ classes: benign }, { conformal }, said(0.04, 0.05, 0.15, 0.76), {
      set: ['nv'],
      unsure: false,
      flag: null,
    });
    expect(heldByClass.map((held) => [held.class, held.ofHundred])).toEqual([
      ['mel', 91],
      ['nv', 90],
    ]);
  });

  it('says that it is unsure where no class was probable enough', () => {
    expect(listOf(['nv'], false, true)).toMatchObject({ classes: ['nv'], unsure: true, words: 'unsure' });
  });

  it('is worth what was measured for each class that must not be missed, rounded down', () => {
    expect(listOf(['nv'], false)).toMatchObject({
      promise: { method: 'class-conditional', coverage: 0.9 },
      held: 0.91,
      heldByClass: [{ class: 'mel', ofHundred: 91, held: 153, count: 167 }],
    });
    const unmeasured = { ...conformal, test: undefined };
    const list = classList({ classes }, { conformal: unmeasured }, said(0, 0, 0, 1), {
      set: ['nv'],
      unsure: false,
      flag: null,
    });
    expect(list).toMatchObject({ held: null, heldByClass: [] });
  });
});
