import { createContext, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Analysis } from '../../../../core/analysis';
import type { Result } from '../../../../core/failure';
import type { SimilarCases, SimilarCasesFound } from '../../../../records/similar-cases';
import { createSimilarInWorker } from '../../../../records/similar-in-worker';
import { type Services, useCases, useRequired } from '../../../../ui/context';
import { createReferenceMaking, type ReferenceMaking } from '../../model/similar/reference-making';
import { createReferenceNeighbours, type SetNeighbours } from '../../model/similar/reference-neighbours';
import { createReferenceStore, type ReferenceStore } from '../../model/similar/reference-store';
import type { ClinicServices } from '../context';

export interface Similar extends Pick<ClinicServices, 'thumbnails'> {
  own: SimilarCases;
  sets: ReferenceStore;
  neighbours: ReturnType<typeof createReferenceNeighbours>;
  making: ReferenceMaking;
}

/** One for the page: what was read is kept, and a set goes on being made, while other answers are looked at. */
const made = new WeakMap<Services['cases'], Similar>();

export function similarOf(
  { cases, engine, runtime, open }: Services,
  { thumbnails }: ClinicServices,
): Similar {
  const known = made.get(cases);
  if (known) return known;
  const sets = createReferenceStore();
  const similar = {
    thumbnails,
    own: createSimilarInWorker(cases),
    sets,
    neighbours: createReferenceNeighbours(sets),
    making: createReferenceMaking({ engine, runtime, open, thumbnails, sets }),
  };
  made.set(cases, similar);
  return similar;
}

export const SimilarContext = createContext<Similar | null>(null);
export const useSimilar = () => useRequired(SimilarContext);

export interface Found {
  own: Result<SimilarCasesFound>;
  sets: Result<SetNeighbours[]>;
}

/** What is like the photo; null while it is looked for. `image`: the photo itself, to leave its own lesion out. */
export function useFound({ embedding, provenance }: Analysis, image: Blob | null): Found | null {
  const { own, neighbours, making } = useSimilar();
  const version = useStore(making.store, (state) => state.version);
  const records = useCases((state) => state.records);
  const [found, setFound] = useState<{ of: typeof embedding; found: Found } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is kept has changed, so it is looked for again.
  useEffect(() => {
    let left = false;
    const asked = { embedding, provenance };
    void Promise.all([own.find(asked, image), neighbours(asked)]).then(([own, sets]) => {
      if (!left) setFound({ of: embedding, found: { own, sets } });
    });
    return () => {
      left = true;
    };
  }, [embedding, provenance, image, own, neighbours, version, records]);
  return found?.of === embedding ? found.found : null;
}
