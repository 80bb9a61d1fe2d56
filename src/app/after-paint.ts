import { type StalePage, watchStalePage } from './stale-page';
import { tolerateTranslation } from './translated';

/**
 * What the page needs once it is there, in one late file: nobody has a page translated before it is painted, and a
 * later part that is gone from the server is missed later still.
 */
export function afterPaint(parts: StalePage): void {
  tolerateTranslation();
  watchStalePage(parts);
}
