/**
 * `npx tsx scripts/drawn-cases/main.ts` draws the cases that the program comes with into public/drawn, a folder as
 * docs/kiosk.md describes it. They are committed: drawing takes a second each, which no visitor should wait for.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'jpeg-js';
import { main, root } from '../command';
import { drawCase, drawnCases } from './drawn-cases';

/** Pixels of a drawn picture. */
const [width, height] = [640, 480];

await main(async () => {
  const folder = join(root, 'public', 'drawn');
  mkdirSync(folder, { recursive: true });
  for (const drawn of drawnCases) {
    const pixels = { width, height, data: Buffer.from(drawCase(drawn, width, height).buffer) };
    writeFileSync(join(folder, drawn.entry.file), encode(pixels, 90).data);
  }
  const list = { samples: drawnCases.map(({ entry }) => entry) };
  writeFileSync(join(folder, 'list.json'), `${JSON.stringify(list, null, 2)}\n`);
  console.log(`${drawnCases.length} pictures and list.json are in public/drawn.`);
  return 0;
});
