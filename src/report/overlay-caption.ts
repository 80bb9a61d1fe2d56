import type { Analysis } from '../core/analysis';
import type { Card } from '../core/card/card';
import { classNameOf } from '../core/card/class-name';
import { evidenceQuality } from '../core/decision/evidence';
import { verdictOf } from '../core/decision/verdict';
import { scaleBar } from './scale-bar';
import { fill, type Language, type ReportWords } from './words';

/**
 * What the overlay of a report shows, named as it is drawn (`overlayPhoto`), and what the map in it is worth.
 */
export function overlayCaption(
  analysis: Analysis,
  card: Card,
  { words, language, scale }: { words: ReportWords['photo']; language: Language; scale: number | null },
): string {
  const classId = explainedClass(analysis, card);
  const { activation, lesion, photo, square } = analysis;
  const plane = activation?.planes.find((plane) => plane.classId === classId);
  const name = classNameOf(card, classId, language);
  const shown = [words.square, lesion?.mask && words.outline, plane && fill(words.map, { name })].filter(
    (part) => typeof part === 'string',
  );
  const map = activation && plane && { ...activation, values: plane.values };
  const doubt = map && evidenceQuality(map, { photo, square, mask: lesion?.mask ?? null }).doubt;
  const bar = scaleBar(photo.width, scale);
  return [
    `${shown.join(', ')}.`,
    ...(bar ? [fill(words.bar, { millimetres: bar.millimetres })] : []),
    ...(doubt ? [words.doubt[doubt]] : []),
  ].join(' ');
}

/** The class whose evidence is shown: a flagged one where the photo is flagged. */
export const explainedClass = (analysis: Analysis, card: Card): string => verdictOf(card, analysis).explained;
