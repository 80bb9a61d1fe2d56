import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BackendName } from '../../src/core/analysis';
import { root } from '../command';
import type { Agreement } from './compare';

/** Of a probability: what may lie between PyTorch and a back end. */
export const tolerance = 2e-3;

export const agrees = ({ difference }: Pick<Agreement, 'difference'>): boolean => difference < tolerance;

/** What `lentigo report` puts into docs/results.md. */
interface Recorded {
  tolerance: number;
  packages: Record<string, Partial<Record<BackendName, Agreement>>>;
}

const recordFile = join(root, 'training', 'results', 'parity.json');

/** Keeps the figures of one package on one back end, beside those of the others. */
export function record(
  packageId: string,
  backend: BackendName,
  agreement: Agreement,
  file = recordFile,
): void {
  const before: Recorded = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : { tolerance, packages: {} };
  const packages = {
    ...before.packages,
    [packageId]: { ...before.packages[packageId], [backend]: agreement },
  };
  writeFileSync(file, `${JSON.stringify({ tolerance, packages }, null, 1)}\n`);
}
