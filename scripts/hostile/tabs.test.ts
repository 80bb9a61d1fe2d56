import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { deleteDB } from 'idb';
import { expect, test } from 'vitest';
import type { Result } from '../../src/core/failure';
import { exampleAnalysis } from '../../src/core/fixtures/analysis';
import {
  type CaseEntryInput,
  type CaseTarget,
  saveToCase,
} from '../../src/features/clinic/model/save-to-case';
import type { Cases } from '../../src/records/cases';
import { openCases } from '../../src/records/database';
import { everyKind } from '../../src/records/fixtures/records';
import { createImporter } from '../../src/records/importer';
import { createCases } from '../../src/records/store';
import { archive } from './seeds';

/** Two tabs that save, edit, delete, bring back, import and forget at once, in any order. */

const numRuns = process.env.FUZZ_RUNS ? 200 : 12;
const open = (onClosed = () => {}) => openCases({ name: databaseName, onClosed });
let databaseName = 'at-once';
const file = new Blob([await archive()]);
const { patients, lesions, photos } = everyKind();
const imported = new Set([...patients, ...lesions, ...photos].map(({ id }) => id));

const step = fc.record({
  tab: fc.constantFrom(0, 1),
  what: fc.constantFrom(
    ...(['new', 'new', 'more', 'again', 'again', 'edit', 'edit', 'rename', 'undo'] as const),
    ...(['remove patients', 'remove lesions', 'remove photos', 'import', 'replace', 'forget'] as const),
  ),
  pick: fc.nat(50),
  /** Turns of the clock before it begins. */
  wait: fc.nat(6),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

const input = (number: number): CaseEntryInput => ({
  image: new Blob([`picture ${number}`], { type: 'image/jpeg' }),
  ...{ name: `${number}.jpg`, width: 600, height: 450, source: 'file', scale: null, dicom: null },
  takenAt: '2026-03-12T12:00:00.000Z',
  metadata: { values: {}, fromFile: [] },
  impression: { label: 'nv', recordedAt: '2026-03-12T12:00:00.000Z', beforeAnswer: true },
  analyses: [exampleAnalysis()],
});

/** What was answered as done. Of lesions of the archive, which may come again as they were, nothing is counted. */
interface Known {
  /** By lesion: photos with an impression that were saved, and notes that were added. */
  lesions: Map<string, { saved: number; noted: number }>;
  /** Lesions that must not be there any more: all of it was forgotten after they were saved. */
  forgotten: Set<string>;
  codes: Set<string>;
}

async function take(tabs: readonly Cases[], { tab, what, pick, wait }: Step, known: Known): Promise<void> {
  for (let turn = 0; turn < wait; turn++) await new Promise((resolve) => setImmediate(resolve));
  const cases = tabs[tab] as Cases;
  const resultOf = <T>(result: Result<T>): T | null => {
    if (!result.ok) known.codes.add(result.failure.code);
    return result.ok ? result.value : null;
  };
  const countOf = (id: string) => {
    const count = known.lesions.get(id) ?? { saved: 0, noted: 0 };
    known.lesions.set(id, count);
    return count;
  };
  const save = async (target: CaseTarget) => {
    const saved = resultOf(await saveToCase(cases, target, input(pick % 5)));
    if (saved !== null) countOf(saved.lesionId).saved += 1;
  };
  const { records, deletions } = cases.store.getState();
  const one = <T>(all: readonly T[]) => all[pick % Math.max(1, all.length)];
  const [patient, lesion] = [one(records.patients), one(records.lesions)];
  switch (what) {
    case 'new':
      return save({ patient: { alias: `patient ${pick % 3}` }, lesion: { label: 'arm' } });
    case 'more':
      if (patient) await save({ patient: { id: patient.id }, lesion: { label: 'leg' } });
      return;
    case 'again':
      if (lesion) await save({ patient: null, lesion: { id: lesion.id } });
      return;
    case 'remove patients':
    case 'remove lesions':
    case 'remove photos': {
      const kind = what.slice(7) as 'patients' | 'lesions' | 'photos';
      const gone = one<{ id: string }>(records[kind]);
      if (gone) resultOf(await cases.remove(kind, [gone.id]));
      return;
    }
    case 'undo': {
      const deletion = one(deletions);
      if (deletion) resultOf(await cases.undo(deletion.deletedAt));
      return;
    }
    case 'edit': {
      if (!lesion) return;
      const edited = await cases.edit('lesions', lesion.id, ({ notes }) => ({ notes: `${notes}.` }));
      resultOf(edited);
      if (edited.ok) countOf(lesion.id).noted += 1;
      return;
    }
    case 'rename':
      if (!lesion) return;
      resultOf(
        await cases.edit('lesions', lesion.id, () => ({ label: `spot ${pick}` }), { label: lesion.label }),
      );
      return;
    case 'import':
    case 'replace': {
      const importer = createImporter(open);
      if (resultOf(await importer.read(file, () => {})) !== null)
        resultOf(await importer.write(what === 'replace'));
      return;
    }
    case 'forget': {
      const before = [...known.lesions.keys()];
      if (!(await cases.forgetEverything()).ok) return;
      for (const id of before) known.forgotten.add(id);
    }
  }
}

/** What must be so between rounds, when nothing is under way. */
async function hold(tabs: readonly Cases[], known: Known): Promise<void> {
  const opened = await open();
  if (!opened.ok) throw new Error(opened.failure.code);
  const { records, unreadable } = await opened.value.read();
  expect(unreadable).toEqual([]);
  const idsOf = (all: readonly { id: string }[]) => new Set(all.map(({ id }) => id));
  const alive = <T extends { deletedAt: string | null }>(all: readonly T[]) =>
    all.filter(({ deletedAt }) => deletedAt === null);
  const here = {
    patients: idsOf(records.patients),
    lesions: idsOf(records.lesions),
    photos: idsOf(records.photos),
  };
  const shown = {
    patients: idsOf(alive(records.patients)),
    lesions: idsOf(alive(records.lesions)),
    photos: idsOf(alive(records.photos)),
  };
  for (const { id, patientId, deletedAt } of records.lesions) {
    if (patientId === null) continue;
    expect(here.patients, `the patient of lesion ${id}`).toContain(patientId);
    if (deletedAt === null) expect(shown.patients, `the patient of lesion ${id}`).toContain(patientId);
  }
  for (const { id, lesionIds, deletedAt } of records.photos) {
    for (const lesionId of lesionIds) expect(here.lesions, `a lesion of photo ${id}`).toContain(lesionId);
    if (deletedAt === null)
      expect(
        lesionIds.some((lesionId) => shown.lesions.has(lesionId)),
        `a lesion of photo ${id}`,
      ).toBe(true);
    expect(await opened.value.image(id), `the file of photo ${id}`).not.toBeNull();
  }
  for (const { id, photoId, lesionId, deletedAt } of records.entries) {
    expect(here.photos, `the photo of answer ${id}`).toContain(photoId);
    expect(here.lesions, `the lesion of answer ${id}`).toContain(lesionId);
    if (deletedAt !== null) continue;
    expect(shown.photos, `the photo of answer ${id}`).toContain(photoId);
    expect(shown.lesions, `the lesion of answer ${id}`).toContain(lesionId);
  }
  for (const [id, { saved, noted }] of known.lesions) {
    if (imported.has(id) || known.forgotten.has(id)) continue;
    const lesion = records.lesions.find((lesion) => lesion.id === id);
    // Forgotten while it was saved: nobody can say what came first.
    if (!lesion) continue;
    expect(lesion.impressions.length, `impressions of ${id}`).toBeGreaterThanOrEqual(saved);
    expect(lesion.notes.length, `notes of ${id}`).toBeGreaterThanOrEqual(noted);
  }
  for (const id of known.forgotten)
    if (!imported.has(id)) expect(here.lesions, 'what was forgotten').not.toContain(id);
  for (const cases of tabs)
    expect(idsOf(cases.store.getState().records.photos), 'what a tab shows').toEqual(shown.photos);
  opened.value.close();
}

test('nothing is lost or left without what it belongs to, whatever two tabs do at once', async () => {
  let run = 0;
  const property = fc.asyncProperty(
    fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 5 }),
    async (rounds) => {
      databaseName = `at-once-${++run}`;
      const tabs = [0, 1].map(() => createCases({ open }));
      const known: Known = { lesions: new Map(), forgotten: new Set(), codes: new Set() };
      try {
        for (const cases of tabs) await cases.load();
        for (const round of rounds) {
          await Promise.all(round.map((each) => take(tabs, each, known)));
          await Promise.all(tabs.map((cases) => cases.load()));
          await hold(tabs, known);
        }
        expect([...known.codes].filter((code) => !/^record-(gone|changed)$/.test(code))).toEqual([]);
      } finally {
        for (const cases of tabs) await cases.forgetEverything();
        await deleteDB(databaseName);
      }
    },
  );
  await fc.assert(property, { numRuns, seed: 20_261_130 });
}, 900_000);
