import type { BackendName } from '../core/analysis';
import type { LocalStore } from './local-store';

/** The back end that a benchmark on this machine found the faster one, and what that rests on. */
export interface BackendChoice {
  name: BackendName;
  /** How many times as fast as the other one. */
  times: number;
  packages: number;
  /** What WebGPU ran on, and whether that GPU is emulated. */
  adapter: string;
  software: boolean;
  /** ISO 8601, UTC. */
  at: string;
}

/** Where the choice outlives the visit. */
export interface ChoiceMemory {
  recall(): BackendChoice | null;
  /** Forgets it with null. */
  remember(choice: BackendChoice | null): void;
}

const key = 'lentigo-backend';

/** In the browser's local storage. Where that is barred, the choice holds for this visit only. */
export function choiceMemory(store: LocalStore): ChoiceMemory {
  return {
    recall() {
      try {
        const stored: unknown = JSON.parse(store.read(key) ?? 'null');
        return isChoice(stored) ? stored : null;
      } catch {
        return null;
      }
    },
    remember(choice) {
      if (choice) store.write(key, JSON.stringify(choice));
      else store.remove(key);
    },
  };
}

/** By hand: a schema library would come before the first paint for this alone. */
function isChoice(stored: unknown): stored is BackendChoice {
  if (typeof stored !== 'object' || stored === null) return false;
  const { name, times, packages, adapter, software, at } = stored as Partial<Record<string, unknown>>;
  return (
    (name === 'webgpu' || name === 'wasm') &&
    typeof times === 'number' &&
    times >= 1 &&
    Number.isInteger(packages) &&
    Number(packages) > 0 &&
    typeof adapter === 'string' &&
    typeof software === 'boolean' &&
    typeof at === 'string'
  );
}
