import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { caseListSchema, diagnoses } from '../../src/core/teaching/case-list';
import { readArguments } from './arguments';
import { heldBack, pick } from './pick';
import { checkEmpty, writeSamples } from './write';

let folder: string;
let splits: string;
let target: string;

/** Five photos a class, on the test side but for the first; of the fourth lesion there are two. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lentigo-samples-'));
  splits = join(folder, 'splits.csv');
  target = join(folder, 'to');
  const photos = diagnoses.flatMap((dx) =>
    [0, 1, 2, 3, 4].map((at) => ({
      ...{ dx, id: `${dx}_${at}`, lesion: `${dx}_lesion_${Math.min(at, 3)}` },
      split: at === 0 ? 'train' : 'test',
    })),
  );
  mkdirSync(join(folder, 'derm', 'images'), { recursive: true });
  for (const { id } of photos) writeFileSync(join(folder, 'derm', 'images', `${id}.jpg`), id);
  const table = photos.map(({ id, dx, lesion }) => `${id},HAM10000,${dx},${lesion}`);
  writeFileSync(
    join(folder, 'derm', 'metadata.csv'),
    ['image_id,source,dx,lesion_id', ...table, 'other_1,ISIC2018_task1,nv,'].join('\n'),
  );
  const sides = photos.map(({ id, split }) => `${id},${id},${split}`);
  writeFileSync(splits, ['image_id,group,split', ...sides, 'other_1,other_1,test'].join('\n'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const picked = (seed = 1, perClass = 2) => pick(heldBack(folder, splits), perClass, seed);
const ids = (seed?: number, perClass?: number) => picked(seed, perClass).map(({ id }) => id);

describe('the photos', () => {
  it('are of the test side alone, one a lesion, of a source whose licence is known', () => {
    const all = ids(1, 9);
    expect(all.some((id) => id.endsWith('_0') || id.startsWith('other'))).toBe(false);
    for (const dx of diagnoses) {
      expect(all).not.toEqual(expect.arrayContaining([`${dx}_3`, `${dx}_4`]));
      expect(all.filter((id) => id.startsWith(`${dx}_`))).toHaveLength(3);
    }
  });

  it('are balanced, wherever the list is cut', () => {
    expect(picked().map(({ diagnosis }) => diagnosis)).toEqual([...diagnoses, ...diagnoses]);
  });

  it('are the same for the same seed, and others for another', () => {
    expect(ids(1)).toEqual(ids(1));
    expect([2, 3, 4].some((seed) => ids(seed).join() !== ids(1).join())).toBe(true);
  });
});

describe('the folder', () => {
  it('has the photos, and a list with diagnosis and credit', () => {
    writeSamples(target, picked());
    const list = caseListSchema.parse(JSON.parse(readFileSync(join(target, 'list.json'), 'utf8')));
    expect(readdirSync(target).sort()).toEqual(['list.json', ...list.samples.map(({ file }) => file)].sort());
    for (const { file, diagnosis, credit, synthetic } of list.samples) {
      expect(readFileSync(join(target, file), 'utf8')).toBe(file.replace('.jpg', ''));
      expect(file.startsWith(`${diagnosis}_`)).toBe(true);
      expect(credit).toMatch(/HAM10000.*CC BY-NC/);
      expect(synthetic).toBe(false);
    }
  });

  it('must be empty, and may be missing', () => {
    checkEmpty(target);
    mkdirSync(target);
    checkEmpty(target);
    writeFileSync(join(target, 'mine.jpg'), '');
    expect(() => checkEmpty(target)).toThrow(/not empty.*nothing was written/);
    expect(() => checkEmpty(join(target, 'mine.jpg'))).toThrow(/is a file/);
  });
});

describe('what is wrong is said', () => {
  it('of the data', () => {
    expect(() => heldBack(join(folder, 'gone'), splits)).toThrow(/There is no folder .*gone.*--from/);
    expect(() => heldBack(join(folder, 'derm'), splits)).toThrow(/no derm\/metadata\.csv/);
    writeFileSync(splits, 'image_id,group,split\n');
    expect(() => heldBack(folder, splits)).toThrow(/Nothing to pick/);
  });

  it.each([
    [['--to', 'b'], /--from and --to are needed/],
    [['--from', 'a'], /--from and --to are needed/],
    [['--from', 'a', '--to', 'b', '--per-class', '0'], /--per-class is a whole number from 1/],
    [['--from', 'a', '--to', 'b', '--seed', 'x'], /--seed is a whole number/],
    [['--form', 'a'], /--form/],
  ])('of the command line: %s', (args, sentence) => {
    expect(() => readArguments(args)).toThrow(sentence);
  });
});
