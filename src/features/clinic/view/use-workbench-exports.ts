import type { Exportable } from '../../../report/may-leave';
import { useLanguage, useServices } from '../../../ui/context';
import { answerWaits } from '../model/patient-context';
import { exportableOf } from '../model/photo-export';
import { useClinicServices } from './context';

/**
 * What can leave of the photos on the workbench: every answer that is there now and waits for no own
 * impression. Call what it returns when something is to leave.
 */
export function useWorkbenchExports(): (photoId?: string, packageId?: string) => Exportable[] {
  const { workbench, patientContext, triage } = useClinicServices();
  const { runtime } = useServices();
  const { read } = useLanguage();
  return (photoId, packageId) =>
    workbench.store
      .getState()
      .photos.filter(({ id }) => photoId === undefined || id === photoId)
      .filter(({ id }) => !answerWaits(patientContext.store.getState(), id))
      .flatMap((photo) =>
        Object.keys(photo.runs)
          .filter((id) => packageId === undefined || id === packageId)
          .flatMap((id) =>
            exportableOf(photo, id, {
              runtime,
              workbench,
              state: patientContext.store.getState(),
              marks: triage.store.getState().marks[photo.id] ?? [],
              read,
            }),
          ),
      );
}
