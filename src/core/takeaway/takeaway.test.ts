import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exampleLook } from './fixtures/look';
import {
  type Look,
  maxClasses,
  maxLooks,
  readTakeaway,
  type SampleLook,
  type Takeaway,
  writeTakeaway,
} from './takeaway';

const model = { id: 'mobilenetv2-nevus-melanoma', version: '1.2.0' };
const look: SampleLook = { ...exampleLook, model };
const visit: Takeaway = {
  day: '2026-11-29',
  looks: [look, { kind: 'camera', model }],
  round: { you: 4, machine: 5, of: 6, drawn: true },
};

const anyDay = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const anyModel = fc.record(
  {
    id: fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,30}$/),
    version: fc.stringMatching(/^\d{1,3}\.\d{1,3}\.\d{1,3}$/),
    site: anyDay,
  },
  { requiredKeys: ['id', 'version'] },
);
/** Per mille that add up to a thousand, the largest first. */
const anyClasses = fc
  .uniqueArray(
    fc.record({ id: fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/), weight: fc.integer({ min: 1, max: 999 }) }),
    { selector: ({ id }) => id, minLength: 1, maxLength: maxClasses },
  )
  .map((classes) => {
    const sum = classes.reduce((total, { weight }) => total + weight, 0);
    return classes
      .map(({ id, weight }) => ({ id, permille: Math.round((1000 * weight) / sum) }))
      .sort((a, b) => b.permille - a.permille);
  });
const sample = fc.integer({ min: 1, max: 99 });
const anyLook: fc.Arbitrary<Look> = fc.oneof(
  fc.record({ kind: fc.constant('camera' as const), model: anyModel }),
  fc
    .record({
      kind: fc.constant('photo' as const),
      sample,
      model: anyModel,
      headline: fc.constantFrom('flagged' as const, 'not-flagged' as const, 'most-probable' as const),
      probabilities: anyClasses,
      bits: fc.nat(),
      unsure: fc.boolean(),
    })
    .map(({ bits, unsure, ...look }): SampleLook => {
      const classes = look.probabilities.flatMap(({ id }, at) => ((bits >> at) % 2 === 1 ? [id] : []));
      return classes.length > 0 ? { ...look, listed: { classes, unsure } } : look;
    }),
  fc.record({
    kind: fc.constantFrom('photo' as const, 'drawing' as const),
    sample,
    model: anyModel,
    headline: fc.constantFrom('no-result' as const, 'no-result-flagged' as const),
    probabilities: fc.constant([]),
  }),
  fc.record({
    kind: fc.constant('drawing' as const),
    sample,
    model: anyModel,
    headline: fc.constantFrom('flagged' as const, 'not-flagged' as const),
    probabilities: fc.constant([]),
  }),
);
const anyRound = fc
  .record({
    you: fc.nat(99),
    machine: fc.option(fc.nat(99)),
    of: fc.integer({ min: 1, max: 99 }),
    drawn: fc.boolean(),
    site: fc.option(anyDay),
  })
  .map(({ you, machine, of, drawn, site }) => ({
    ...(site && { site }),
    you: you % (of + 1),
    machine: machine === null ? null : machine % (of + 1),
    of,
    drawn,
  }));
const anyTakeaway: fc.Arbitrary<Takeaway> = fc.record({
  day: anyDay,
  looks: fc.array(anyLook, { maxLength: maxLooks }),
  round: fc.option(anyRound),
});

it('gives back what was written, in letters that an address does not escape', () => {
  fc.assert(
    fc.property(anyTakeaway, (takeaway) => {
      const text = writeTakeaway(takeaway);
      expect(text).toMatch(/^[\w.~=&@,-]*$/);
      expect(new URL(`https://a.example/#/takeaway?${text}`).hash).toBe(`#/takeaway?${text}`);
      expect(readTakeaway(text)).toEqual({ ok: true, takeaway });
    }),
  );
});

it('is short enough for a code that a phone reads at arm’s length', () => {
  const seven = ['mel', 'nv', 'bkl', 'akiec', 'bcc', 'df', 'vasc'].map((id) => ({ id, permille: 142 }));
  const listed = { classes: seven.map(({ id }) => id), unsure: false };
  const full = {
    ...visit,
    looks: [1, 2, 3].map((sample) => ({ ...look, sample, probabilities: seven, listed })),
  };
  const bySite = {
    ...full,
    looks: full.looks.map((each) => ({ ...each, model: { ...model, site: '2026-01-02' } })),
    round: { you: 4, machine: 5, of: 6, drawn: true, site: '2026-01-02' },
  };
  expect(writeTakeaway(bySite).length).toBeLessThanOrEqual(331 - 50);
  // 331 bytes are what version 14 holds at level M; some 50 of them are the site's address.
  expect(writeTakeaway(full).length).toBeLessThan(270);
});

it('reads what an app on the way escaped, and passes over what it added', () => {
  const text = writeTakeaway(visit);
  const escaped = text.replaceAll('@', '%40').replaceAll('~', '%7E').replaceAll(',', '%2C');
  expect(readTakeaway(`${escaped}&utm_source=app`)).toEqual({ ok: true, takeaway: visit });
});

it('keeps the latest looks and the most probable classes', () => {
  const many = Array.from({ length: 20 }, (_, index) => ({ id: `c${index}`, permille: 50 }));
  const looks = [1, 2, 3, 4, 5].map((sample) => ({ ...look, sample, probabilities: many }));
  const read = readTakeaway(writeTakeaway({ ...visit, looks }));
  const kept = read.ok ? (read.takeaway.looks as SampleLook[]) : [];
  expect(kept.map(({ sample }) => sample)).toEqual([3, 4, 5]);
  expect(kept[0]?.probabilities).toEqual(many.slice(0, maxClasses));
});

it('leaves out a look whose ids it cannot write', () => {
  const odd = { ...look, model: { id: 'a'.repeat(80), version: '1' } };
  expect(readTakeaway(writeTakeaway({ ...visit, looks: [odd, look] }))).toEqual({
    ok: true,
    takeaway: { ...visit, looks: [look] },
  });
});

it('has a letter for "no result" with a flag, and reads the addresses of before it', () => {
  const headlineOf = (letter: string) => {
    const read = readTakeaway(`v=1&d=2026-11-29&m=a@1&s=1p0${letter}`);
    return read.ok && (read.takeaway.looks[0] as SampleLook).headline;
  };
  expect(headlineOf('a')).toBe('no-result-flagged');
  expect(headlineOf('n')).toBe('no-result');
  const flagged: SampleLook = { ...look, headline: 'no-result-flagged', probabilities: [] };
  expect(writeTakeaway({ ...visit, looks: [flagged] })).toContain('s=2p0a&');
});

it('says what cannot be ruled out, where a page of before it reads the rest', () => {
  const listed = { classes: ['mel', 'nv'], unsure: false };
  const unsure = { classes: ['nv'], unsure: true };
  const looks = [
    { ...look, listed },
    { kind: 'camera' as const, model },
    { ...look, listed: unsure },
  ];
  const text = writeTakeaway({ ...visit, looks });
  expect(text).toMatch(/^v=1&.*&l=3\.0\.2-&/);
  expect(readTakeaway(text)).toEqual({ ok: true, takeaway: { ...visit, looks } });
  expect(writeTakeaway(visit)).not.toContain('&l=');
});

it('says that a calibration of the site judged, and writes as ever where none did', () => {
  const calibrated: Takeaway = {
    ...visit,
    looks: [{ ...look, model: { ...model, site: '2026-01-02' } }],
    round: { you: 4, machine: 5, of: 6, drawn: false, site: '2026-01-02' },
  };
  const text = writeTakeaway(calibrated);
  // A page of before would say of the model's own numbers what is another calibration's.
  expect(text).toMatch(/^v=2&.*@1\.2\.0~20260102&.*r=4-5-6~20260102$/);
  expect(readTakeaway(text)).toEqual({ ok: true, takeaway: calibrated });
  expect(writeTakeaway(visit)).toMatch(/^v=1&/);
  expect(writeTakeaway({ ...calibrated, looks: [] })).toMatch(/^v=2&/);
});

it.each([
  ['', 'empty'],
  ['v=3&anything', 'newer'],
  ['v=1&d=2026-11-29&m=a@1~20260102&s=c0', 'damaged'],
  ['v=1&d=2026-11-29&r=4-5-6~20260102', 'damaged'],
  ['v=2&d=2026-11-29&m=a@1~20260230&s=c0', 'damaged'],
  ['v=2&d=2026-11-29&r=4-5-6~Ward 3', 'damaged'],
  ['v=1', 'damaged'],
  ['d=2026-11-29', 'damaged'],
  ['v=1&v=1&d=2026-11-29', 'damaged'],
  ['v=1&d=2026-02-30', 'damaged'],
  ['v=1&d=%', 'damaged'],
  ['v=1&d=2026-11-29&r=7-1-6', 'damaged'],
  ['v=1&d=2026-11-29&r=0-0-0', 'damaged'],
  ['v=1&d=2026-11-29&m=<b>@1', 'damaged'],
  ['v=1&d=2026-11-29&s=1p0f.mel~900', 'damaged'],
  ['v=1&d=2026-11-29&m=a@1&s=1p1f.mel~900', 'damaged'],
  ['v=1&d=2026-11-29&m=a@1&s=1p0f.mel~1001', 'damaged'],
  ['v=1&d=2026-11-29&m=a@1&s=1p0f.mel~900.nv~900', 'damaged'],
  ['v=1&d=2026-11-29&m=a@1&s=1p0f.mel~500.mel~400', 'damaged'],
  ['v=1&d=2026-11-29&m=a@1&s=1p0f.Call 555~900', 'damaged'],
  ['v=1&d=2026-11-29&m=a@1&s=1p0f', 'damaged'],
  // Numbers where they mean nothing: of a drawing, of no result, of a frame of the camera.
  ['v=1&d=2026-11-29&m=a@1&s=1d0f.mel~900', 'damaged'],
  ['v=1&d=2026-11-29&m=a@1&s=1p0n.mel~900', 'damaged'],
  ['v=1&d=2026-11-29&m=a@1&s=1p0a.mel~900', 'damaged'],
  ['v=1&d=2026-11-29&m=a@1&s=c0.mel~900', 'damaged'],
  // Lists that belong to other looks.
  ['v=1&d=2026-11-29&m=a@1&s=c0&l=1', 'damaged'],
  ['v=1&d=2026-11-29&m=a@1&s=1p0f.mel~900&l=2', 'damaged'],
  ['v=1&d=2026-11-29&m=a@1&s=1p0f.mel~900&l=01', 'damaged'],
  ['v=1&d=2026-11-29&m=a@1&s=1p0f.mel~900&l=1.1', 'damaged'],
  ['v=1&d=2026-11-29&m=a@1&s=1p0f.mel~900&l=0-', 'damaged'],
  ['v=1&d=2026-11-29&m=a@1&s=1p0n&l=1', 'damaged'],
  [`v=1&d=2026-11-29&m=a@1${'&s=c0'.repeat(maxLooks + 1)}`, 'damaged'],
  [`v=1&d=2026-11-29&x=${'x'.repeat(2000)}`, 'damaged'],
])('refuses %j: %s', (text, problem) => {
  expect(readTakeaway(text)).toEqual({ ok: false, problem });
});

it('never throws, and lets nothing through that it would not write itself', () => {
  const letters = fc.constantFrom(
    ...'vdmsrlpfunac0123456789=&.~@,-%<a ',
    'v=1&',
    'd=2026-11-29&',
    'm=a@1&',
    's=1p0f.',
  );
  const hostile = fc.oneof(
    fc.string(),
    fc.array(letters, { maxLength: 60 }).map((parts) => parts.join('')),
    // A text of ours with one letter changed.
    fc.tuple(anyTakeaway, fc.nat(), letters).map(([takeaway, at, letter]) => {
      const text = writeTakeaway(takeaway);
      return text.slice(0, at % text.length) + letter + text.slice((at % text.length) + 1);
    }),
  );
  fc.assert(
    fc.property(hostile, (text) => {
      const read = readTakeaway(text);
      if (read.ok) expect(readTakeaway(writeTakeaway(read.takeaway))).toEqual(read);
    }),
    { numRuns: 1000 },
  );
});
