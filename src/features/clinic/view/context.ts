import { createContext } from 'react';
import { useStore } from 'zustand';
import { useRequired } from '../../../ui/context';
import type { Bedside, BedsideState } from '../model/bedside';
import type { Workbench, WorkbenchState } from '../model/workbench';

/** The clinic's own stores. */
export interface ClinicServices {
  workbench: Workbench;
  bedside: Bedside;
}

export const ClinicContext = createContext<ClinicServices | null>(null);
export const useClinicServices = () => useRequired(ClinicContext);

export function useWorkbench<T>(select: (state: WorkbenchState) => T): T {
  return useStore(useClinicServices().workbench.store, select);
}

export function useBedside<T>(select: (state: BedsideState) => T): T {
  return useStore(useClinicServices().bedside.store, select);
}
