import { createContext } from 'react';
import { useStore } from 'zustand';
import { useRequired } from '../../../ui/context';
import type { FitSite } from '../model/measure';
import type { Evaluation, EvaluationState } from '../model/state';

export const EvaluateContext = createContext<{ evaluation: Evaluation; fitSite: FitSite } | null>(null);
export const useEvaluateServices = () => useRequired(EvaluateContext);

export function useEvaluation<T>(select: (state: EvaluationState) => T): T {
  return useStore(useEvaluateServices().evaluation.store, select);
}
