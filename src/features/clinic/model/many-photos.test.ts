import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { settled } from '../../../engine/testing/settled';
import { openWorkbench } from './testing/open-workbench';

const photo = join(import.meta.dirname, '../../../../../shared/cases/50-many-photos/photo.jpg');

test.skipIf(!existsSync(photo))(
  'a photo under 200 names is 200 photos in their order, and the screen draws the list a few times',
  async () => {
    const { workbench } = openWorkbench();
    const bytes = readFileSync(photo);
    const names = Array.from({ length: 200 }, (_, index) => `${index}.jpg`);
    let changes = 0;
    workbench.store.subscribe(() => {
      changes += 1;
    });
    workbench.add(names.map((name) => ({ file: new File([bytes], name), name, source: 'file' as const })));
    // Each change draws the whole list. One a photo is what React gives up on (error 185).
    expect(changes).toBeLessThan(5);
    await settled();
    const { photos } = workbench.store.getState();
    expect(photos.map(({ name }) => name)).toEqual(names);
    expect(new Set(photos.map(({ id }) => id)).size).toBe(200);
  },
);
