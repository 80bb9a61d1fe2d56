import { z } from 'zod';

/** The back end that a benchmark on this machine found the faster one, and what that rests on. */
const backendChoiceSchema = z.object({
  name: z.enum(['webgpu', 'wasm']),
  /** How many times as fast as the other one. */
  times: z.number().min(1),
  packages: z.number().int().positive(),
  /** What WebGPU ran on, and whether that GPU is emulated. */
  adapter: z.string(),
  software: z.boolean(),
  /** ISO 8601, UTC. */
  at: z.string(),
});

export type BackendChoice = z.infer<typeof backendChoiceSchema>;

/** Where the choice outlives the visit. */
export interface ChoiceMemory {
  recall(): BackendChoice | null;
  /** Forgets it with null. */
  remember(choice: BackendChoice | null): void;
}

const key = 'lentigo-backend';

/** In the browser's local storage. Where that is barred, the choice holds for this visit only. */
export function choiceMemory(storage: () => Storage): ChoiceMemory {
  return {
    recall() {
      try {
        return backendChoiceSchema.parse(JSON.parse(storage().getItem(key) ?? 'null'));
      } catch {
        return null;
      }
    },
    remember(choice) {
      try {
        if (choice) storage().setItem(key, JSON.stringify(choice));
        else storage().removeItem(key);
      } catch {
        // Barred or full: it holds for this visit.
      }
    },
  };
}
