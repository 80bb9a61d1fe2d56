import { createContext } from 'react';
import { useStore } from 'zustand';
import type { Thumbnails } from '../../../engine/input/thumbnails';
import { useRequired } from '../../../ui/context';
import { oncePerFrame } from '../../../ui/once-per-frame';
import type { PatientContext, PatientContextState } from '../model/patient-context';
import type { Session, SessionState } from '../model/session/session';
import type { Triage } from '../model/triage';
import type { Workbench, WorkbenchState } from '../model/workbench-state';

/** The clinic's own stores. */
export interface ClinicServices {
  workbench: Workbench;
  patientContext: PatientContext;
  triage: Triage;
  thumbnails: Thumbnails;
  /** The queue as it is kept for a later visit. */
  session: Session;
}

export const ClinicContext = createContext<ClinicServices | null>(null);
export const useClinicServices = () => useRequired(ClinicContext);

export function useWorkbench<T>(select: (state: WorkbenchState) => T): T {
  return useStore(oncePerFrame(useClinicServices().workbench.store), select);
}

export function usePatientContext<T>(select: (state: PatientContextState) => T): T {
  return useStore(useClinicServices().patientContext.store, select);
}

export function useSession<T>(select: (state: SessionState) => T): T {
  return useStore(useClinicServices().session.store, select);
}
