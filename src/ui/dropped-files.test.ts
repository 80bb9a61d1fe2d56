import { describe, expect, it } from 'vitest';
import { filesOfDrop, folderOf } from './dropped-files';

const fileEntry = (name: string) => ({
  isFile: true,
  isDirectory: false,
  name,
  file: (done: (file: File) => void) => done(new File(['x'], name)),
});

/** Hands out one entry a call, as browsers hand out portions of a hundred. */
function folder(name: string, children: { name: string }[]) {
  const createReader = () => {
    const left = [...children];
    return { readEntries: (done: (portion: unknown[]) => void) => done(left.splice(0, 1)) };
  };
  return { isFile: false, isDirectory: true, name, createReader };
}

const drop = (entries: { name: string }[], files: File[] = []) =>
  ({ files, items: entries.map((entry) => ({ webkitGetAsEntry: () => entry })) }) as unknown as DataTransfer;

describe('the files of a drop', () => {
  it('are those of a folder and the folders in it, by name, without what is no photo', async () => {
    const inner = folder('day 2', [fileEntry('IM0001'), fileEntry('b.heic')]);
    const all = [
      fileEntry('spot10.jpg'),
      fileEntry('spot9.JPG'),
      fileEntry('.DS_Store'),
      fileEntry('list.csv'),
      inner,
    ];
    const files = await filesOfDrop(drop([folder('day', all)]));
    expect(files.map(({ name }) => name)).toEqual(['b.heic', 'IM0001', 'spot9.JPG', 'spot10.jpg']);
    // Whose photos they are may be in the names of the folders.
    expect(files.map(folderOf)).toEqual(['day/day 2', 'day/day 2', 'day', 'day']);
    expect(folderOf(new File(['x'], 'loose.jpg'))).toBe('');
  });

  it('are taken as they are where no folder is among them: the engine says what it cannot read', async () => {
    const letter = new File(['x'], 'letter.txt');
    expect(await filesOfDrop(drop([fileEntry('letter.txt')], [letter]))).toEqual([letter]);
  });

  it('are none where text was dropped', async () => {
    expect(await filesOfDrop(drop([]))).toEqual([]);
  });
});
