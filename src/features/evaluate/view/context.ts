import { createContext } from 'react';
import { useStore } from 'zustand';
import { useRequired } from '../../../ui/context';
import type { FitSite } from '../model/measure';
import type { OpenedResults } from '../model/opened-results';
import type { Evaluation, EvaluationState } from '../model/state';

interface EvaluateServices {
  evaluation: Evaluation;
  fitSite: FitSite;
  /** Results of others, to be seen beside one's own. */
  opened: OpenedResults;
}

export const EvaluateContext = createContext<EvaluateServices | null>(null);
export const useEvaluateServices = () => useRequired(EvaluateContext);

export function useEvaluation<T>(select: (state: EvaluationState) => T): T {
  return useStore(useEvaluateServices().evaluation.store, select);
}
