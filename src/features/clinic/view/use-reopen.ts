import { useMemo } from 'react';
import { useServices } from '../../../ui/context';
import { type ReopenedPhoto, type Shown, takeReopened } from '../model/reopened-photo';
import { useClinicServices } from './context';

/** Puts photos of another time into the queue: see `takeReopened`. */
export function useReopen(): (photos: readonly ReopenedPhoto[], shown: Shown) => void {
  const { workbench, patientContext, triage } = useClinicServices();
  const { runtime } = useServices();
  return useMemo(
    () => (photos, shown) => takeReopened({ workbench, patientContext, triage, runtime }, photos, shown),
    [workbench, patientContext, triage, runtime],
  );
}
