import { copyFileSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CaseList, caseListSchema } from '../../src/core/teaching/case-list';
import { Stop } from '../command';
import type { Candidate } from './pick';

/** What the licence asks to be said beside every photo. */
const creditOf = (id: string) => `${id}, HAM10000 (Tschandl et al. 2018), CC BY-NC 4.0`;

/** Copies the photos into `folder`, with the `list.json` that the kiosk and the quiz read. */
export function writeSamples(folder: string, picked: readonly Candidate[]): CaseList {
  mkdirSync(folder, { recursive: true });
  const samples = picked.map(({ id, diagnosis, file }) => {
    const name = `${id}.jpg`;
    copyFileSync(file, join(folder, name));
    return { file: name, diagnosis, credit: creditOf(id) };
  });
  writeFileSync(join(folder, 'list.json'), `${JSON.stringify({ samples }, null, 2)}\n`);
  return caseListSchema.parse({ samples });
}

/** Throws `Stop` where something lies in the folder: it may be somebody's own photos. */
export function checkEmpty(folder: string): void {
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory()) throw new Stop(`${folder} is a file. Name a folder with --to.`, 2);
  if (readdirSync(folder).length > 0)
    throw new Stop(
      `${folder} is not empty. Empty it or name another folder with --to; nothing was written.`,
      2,
    );
}
