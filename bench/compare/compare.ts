/**
 * `npm run bench -- --against ort,tfjs`: every package on every way to compute it, by Lentigo and by others,
 * in turn.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../scripts/command';
import type { BackendName } from '../../src/core/analysis';
import type { NetworkCard } from '../../src/core/card/card';
import { openHost } from './host';
import { type Measured, measure } from './measure';
import type { NullAdapterResult } from './null-adapter';
import type { Program, RivalProgram } from './rival';

/** A back end, and whether its page is isolated, without which WASM has one thread. */
export interface Way {
  backend: BackendName;
  isolated: boolean;
}

export interface ComparedRow {
  card: NetworkCard;
  way: Way;
  program: Program;
  /** One for each round that it ran. */
  rounds: Measured[];
  /** Why it does not run; null where it does. */
  problem: string | null;
}

export interface Comparison {
  rows: ComparedRow[];
  /** By package, what a pass costs the processor on WebGPU; null where this machine has no null adapter. */
  processor: Map<string, NullAdapterResult | null>;
}

interface CompareOptions {
  cards: NetworkCard[];
  against: readonly RivalProgram[];
  backends: readonly BackendName[];
  rounds: number;
  limits: { maxPasses: number; timeoutMs: number };
  flags: readonly string[];
  say: (sentence: string) => void;
}

export async function compare(options: CompareOptions): Promise<Comparison> {
  const { cards, against, rounds, say } = options;
  const host = await openHost(cards.map(({ id }) => id));
  try {
    const rows: ComparedRow[] = [];
    for (const card of cards) {
      for (const way of waysOf(options.backends)) {
        const programs: Program[] = ['lentigo', ...against];
        const added = programs.map(
          (program) => ({ card, way, program, rounds: [], problem: null }) as ComparedRow,
        );
        rows.push(...added);
        // In turn, so that a machine that slows down slows down for all.
        for (let round = 0; round < rounds; round++) {
          for (const row of added) {
            if (row.problem !== null) continue;
            say(`${card.id} on ${nameOf(way)} by ${row.program}, round ${round + 1} of ${rounds}`);
            row.problem = (row.program === 'ort' && host.without.get(card.id)) || null;
            if (row.problem === null) await measureInto(row);
          }
        }
      }
    }
    async function measureInto(row: ComparedRow): Promise<void> {
      const { limits, flags } = options;
      const { card, program, way } = row;
      try {
        row.rounds.push(await measure({ host, flags, card, program, ...way, limits }));
      } catch (error) {
        row.problem = String(error instanceof Error ? error.message : error).split('\n')[0] ?? '';
      }
    }
    const processor = new Map<string, NullAdapterResult | null>();
    for (const { id } of cards) {
      say(`${id} on the null adapter`);
      processor.set(id, await processorCost(id));
    }
    return { rows, processor };
  } finally {
    await host.close();
  }
}

export const nameOf = ({ backend, isolated }: Way): string => {
  if (backend === 'webgpu') return 'WebGPU';
  return isolated ? 'WASM, threads' : 'WASM, 1 thread';
};

function waysOf(backends: readonly BackendName[]): Way[] {
  return backends.flatMap<Way>((backend) =>
    backend === 'wasm'
      ? [
          { backend, isolated: false },
          { backend, isolated: true },
        ]
      : [{ backend, isolated: true }],
  );
}

/** In a process of its own: Dawn's null adapter has half a gigabyte in all. */
async function processorCost(id: string): Promise<NullAdapterResult | null> {
  const script = join(import.meta.dirname, 'null-adapter.ts');
  const tsx = join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs');
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [tsx, script, id], { cwd: root });
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as NullAdapterResult;
  } catch (error) {
    console.error(`${id}: no null adapter: ${String(error).split('\n').slice(0, 3).join(' ')}`);
    return null;
  }
}
