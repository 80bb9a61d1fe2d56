/** What was measured with large inputs, as docs/reliability.md has it. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/command';
import type { CasesResult } from '../cases/cases';
import type { WholeResult } from '../drop/whole';
import type { LargeResult } from './large';

export interface MeasuredLarge {
  /** The machine and its browser, in words. */
  machine: string;
  /** Other programs that wanted a processor when it began. */
  load: number;
  files: LargeResult[];
  cases: CasesResult[];
  drop: WholeResult | null;
}

const file = join(root, 'bench', 'large', 'measured.json');
const nothing: MeasuredLarge = { machine: '', load: 0, files: [], cases: [], drop: null };

export const readMeasured = (): MeasuredLarge =>
  existsSync(file) ? { ...nothing, ...JSON.parse(readFileSync(file, 'utf8')) } : nothing;

/** Keeps a part, where RECORD=1 asks for it; the others stay. Then `npx vitest run scripts/hostile -u` writes the page. */
export function record(part: Partial<MeasuredLarge>): void {
  if (process.env.RECORD !== '1') return;
  writeFileSync(file, `${JSON.stringify({ ...readMeasured(), ...part }, null, 2)}\n`);
}

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(2)} s`;
const task = (milliseconds: number) =>
  milliseconds === 0 ? 'under 50 ms' : `${Math.round(milliseconds)} ms`;

/** A table in Markdown. */
export function largeTable({ files, cases, drop }: MeasuredLarge): string[] {
  const rows = [
    ...files.map(({ what, outcome, took, longest }) => [what, outcome, seconds(took), task(longest)]),
    ...cases.map(({ cases, opened, read, longest }) => [
      `${cases.toLocaleString('en')} cases opened`,
      `first rows after ${seconds(opened)}, then the others`,
      seconds(read),
      task(longest),
    ]),
    ...(drop ? [dropRow(drop)] : []),
  ];
  return [
    '| what | what came out | took | longest task of the page |',
    '|---|---|---|---|',
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
  ];
}

function dropRow({ photos, width, height, answered, failed, took, longest }: WholeResult): string[] {
  const failures = Object.entries(failed).map(([code, count]) => `${count} ${code}`);
  return [
    `${photos} photos of ${Math.round((width * height) / 1e6)} megapixels in one drop`,
    `${answered} answered, ${failures.join(', ') || 'none failed'}`,
    seconds(took),
    task(longest),
  ];
}
