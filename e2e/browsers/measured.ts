import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/command';

/** What the smoke found in one browser. */
export interface Measured {
  /** Name and version. */
  browser: string;
  /** What it computed on, in the words of the page. */
  backend: string;
  webgpu: boolean;
  /** Cross-origin isolation, without which WASM has one thread. */
  isolated: boolean;
  /** Whether the page itself is kept for a time without network. */
  kept: boolean;
  /** Largest distance of a calibrated probability from PyTorch's, over the photos of two packages. */
  difference: number;
  selfCheck: boolean;
  caseKept: boolean;
  withoutNetwork: boolean;
}

const file = join(root, 'e2e', 'browsers', 'measured.json');

export function readMeasured(): Record<string, Measured> {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

/** Keeps what was found, where RECORD=1 asks for it: README.md's table is held to it. */
export function record(engine: string, measured: Measured): void {
  if (process.env.RECORD !== '1') return;
  writeFileSync(file, `${JSON.stringify({ ...readMeasured(), [engine]: measured }, null, 2)}\n`);
}

/** A row of README.md's table of browsers. */
export function rowOf({
  browser,
  backend,
  difference,
  selfCheck,
  caseKept,
  withoutNetwork,
}: Measured): string {
  const yes = (is: boolean) => (is ? 'yes' : 'no');
  const cells = [
    browser,
    backend,
    difference.toExponential(0),
    yes(selfCheck),
    yes(caseKept),
    yes(withoutNetwork),
  ];
  return `| ${cells.join(' | ')} |`;
}
