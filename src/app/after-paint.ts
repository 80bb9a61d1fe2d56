import { followRecords } from '../features/clinic/model/saved-as';
import type { Workbench } from '../features/clinic/model/workbench-state';
import type { Cases } from '../records/cases';
import { type StalePage, watchStalePage } from './stale-page';
import { tolerateTranslation } from './translated';

interface Parts extends StalePage {
  workbench: Workbench;
  cases: Cases;
}

/**
 * What the page needs once it is there, in one late file: nobody has a page translated before it is painted, a
 * later part that is gone from the server is missed later still, and records change later than that.
 */
export function afterPaint({ workbench, cases, ...page }: Parts): void {
  tolerateTranslation();
  watchStalePage(page);
  followRecords(workbench, cases);
}
