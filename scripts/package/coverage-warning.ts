import { english } from '../../src/app/languages/texts';
import type { Card } from '../../src/core/card/card';
import { urgentShortfalls } from '../../src/core/decision/coverage-shortfall';
import { fill } from '../../src/report/words';

/** What the wizard warns of, in its words: malignant classes that the lists miss more often than promised. */
export function coverageWarning({ calibration, classes }: Pick<Card, 'calibration' | 'classes'>): string[] {
  const shortfalls = calibration ? urgentShortfalls(calibration.conformal, classes) : [];
  if (!calibration || shortfalls.length === 0) return [];
  const { heading, sentence, remedy } = english.siteCalibration.shortfall;
  const coverage = `${(100 * calibration.conformal.coverage).toFixed(0)} %`;
  return [
    `${heading}.`,
    ...shortfalls.map(({ classId, held, photos }) => {
      const name = classes.find(({ id }) => id === classId)?.name.en ?? classId;
      return fill(sentence, { name, held, photos, coverage });
    }),
    remedy,
  ];
}
