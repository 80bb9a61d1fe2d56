import type { Card } from '../../../../core/card/card';
import type { PatientContextState } from '../patient-context';
import { exportableOf } from '../photo-export';
import type { WorkbenchPhoto } from '../workbench-photo';
import type { WorkbenchState } from '../workbench-state';

/** Nothing was said of any patient. */
export const noContext = { metadata: {}, impressions: {}, passed: [] } as unknown as PatientContextState;

/** What leaves the clinic of a photo as a card's model answered it, at a sensitivity that was asked for or at its own. */
export function exportedPhoto(photo: WorkbenchPhoto, card: Card, sensitivity: number | null) {
  const [first] = exportableOf(photo, card.id, {
    runtime: { card: () => card },
    workbench: {
      store: { getState: () => ({ sensitivity }) as WorkbenchState } as never,
      imageOf: () => new Blob(['x'], { type: 'image/jpeg' }),
    },
    state: noContext,
    marks: [],
    read: ({ en }) => en,
  });
  if (!first) throw new Error('nothing to export');
  return first;
}
