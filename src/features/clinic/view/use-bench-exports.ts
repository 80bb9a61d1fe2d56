import { applyThreshold, thresholdFor } from '../../../core/decision/threshold';
import { isSite, siteKey } from '../../../core/patient/body-sites';
import type { ReportCase } from '../../../report/content';
import type { Exportable } from '../../../report/may-leave';
import type { Machine } from '../../../runtime/machine';
import { useLanguage, useServices } from '../../../ui/context';
import { answerWaits, type BedsideState } from '../model/bedside';
import type { Workbench } from '../model/workbench';
import type { Photo } from '../model/workbench-photo';
import { useClinicServices } from './context';

/** What can leave of the photos on the workbench: every answer that is there now and waits for no own impression. Call what it returns when something is to leave. */
export function useBenchExports(): (photoId?: string, packageId?: string) => Exportable[] {
  const { workbench, bedside } = useClinicServices();
  const { machine } = useServices();
  const { read } = useLanguage();
  return (photoId, packageId) =>
    workbench.store
      .getState()
      .photos.filter(({ id }) => photoId === undefined || id === photoId)
      .filter(({ id }) => !answerWaits(bedside.store.getState(), id))
      .flatMap((photo) =>
        Object.keys(photo.runs)
          .filter((id) => packageId === undefined || id === packageId)
          .flatMap((id) =>
            exportableOf(photo, id, { machine, workbench, state: bedside.store.getState(), read }),
          ),
      );
}

interface Sources {
  machine: Machine;
  workbench: Workbench;
  state: BedsideState;
  read: ReturnType<typeof useLanguage>['read'];
}

function exportableOf(
  photo: Photo,
  packageId: string,
  { machine, workbench, state: { facts, impressions }, read }: Sources,
): Exportable[] {
  const run = photo.runs[packageId];
  const card = machine.card(packageId);
  if (run?.state !== 'done' || !card) return [];
  const known = facts[photo.id]?.values ?? {};
  const impression = impressions[photo.id];
  const { age, sex } = known;
  const site = known[siteKey];
  const label = card.classes.find(({ id }) => id === impression?.label);
  const about: ReportCase = {
    alias: null,
    lesion: null,
    age: typeof age === 'number' ? age : null,
    sex: sex === 'female' || sex === 'male' || sex === 'other' ? sex : null,
    site: typeof site === 'string' && isSite(site) ? site : null,
    impression: impression
      ? { label: label ? read(label.name) : impression.label, beforeAnswer: impression.beforeAnswer }
      : null,
    histology: null,
    notes: '',
  };
  const anything = about.age !== null || about.sex || about.site || about.impression;
  return [
    {
      photoName: photo.name,
      image: async () => workbench.imageOf(photo.id),
      // As it was decided on the screen, at the sensitivity that the user wants.
      analysis: applyThreshold(run.analysis, thresholdFor(card, workbench.store.getState().sensitivity)),
      card,
      scale: photo.scale,
      case: anything ? about : null,
      fileFacts: facts[photo.id]?.fromFile ?? [],
    },
  ];
}
