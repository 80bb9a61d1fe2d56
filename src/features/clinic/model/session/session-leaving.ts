import type { Analysis } from '../../../../core/analysis';
import type { Card } from '../../../../core/card/card';
import { withoutIdentity } from '../../../../core/patient/photo-origin';
import { withoutMetadata } from '../../../../report/may-leave';
import { cleanPhoto } from '../../../../report/pictures';
import { nothingKnown, type PatientContextState } from '../patient-context';
import type { TriageState } from '../triage';
import type { Workbench } from '../workbench-state';
import { answersOf, keptPhotoOf } from './kept-photo';
import type { SessionFilePhoto } from './session-file';

interface Sources {
  workbench: Pick<Workbench, 'store' | 'imageOf'>;
  context: PatientContextState;
  marks: TriageState['marks'];
  cardOf: (packageId: string) => Card | undefined;
}

/**
 * The photos of the queue as a session's file takes them. Those that could not be opened stay behind, and so
 * does whose photos they are and what DICOM files said, unless it is asked for.
 */
export function sessionPhotos(
  { workbench, context, marks, cardOf }: Sources,
  withFileMetadata: boolean,
): SessionFilePhoto[] {
  return workbench.store.getState().photos.flatMap((photo) => {
    const image = workbench.imageOf(photo.id);
    if (!image) return [];
    const { metadata, impression, passed, marks: marked = [], ...kept } = keptPhotoOf(photo, context, marks);
    const { analyses, lesions } = answersOf(photo);
    const hidden = withFileMetadata ? [] : (metadata ?? nothingKnown).fromFile;
    const leaving = (analysis: Analysis) => {
      const card = cardOf(analysis.provenance.packageId);
      return card && hidden.length > 0 ? withoutMetadata(analysis, card, hidden) : analysis;
    };
    return [
      {
        photo: {
          ...kept,
          dicom: withFileMetadata ? kept.dicom : null,
          origin: withFileMetadata ? kept.origin : kept.origin && withoutIdentity(kept.origin),
          saved: withFileMetadata ? kept.saved : null,
        },
        picture: () => cleanPhoto(image),
        answers: { analyses: analyses.map(leaving), lesions: lesions.map(leaving) },
        notes: {
          metadata: metadata && {
            values: Object.fromEntries(
              Object.entries(metadata.values).filter(([id]) => !hidden.includes(id)),
            ),
            fromFile: withFileMetadata ? metadata.fromFile : [],
            ...(metadata.fromName && { fromName: metadata.fromName }),
          },
          impression,
          passed,
        },
        marks: marked,
      },
    ];
  });
}
