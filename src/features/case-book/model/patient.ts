import { type BodyPin, pinOf } from '../../../core/patient/body-point';
import type { Case } from './search';

/** A patient's lesion as the page and the report number it. */
export interface NumberedCase {
  /** From 1, in the order in which the lesions were first kept, so that a number stays with its lesion. */
  number: number;
  lesionCase: Case;
  /** Null where place or side are not known. */
  pin: BodyPin | null;
}

/** A patient's lesions with their numbers and pins; pins that would hide each other stand in a row. */
export function numberedCases(cases: readonly Case[], patientId: string): NumberedCase[] {
  const own = cases
    .filter(({ lesion }) => lesion.patientId === patientId)
    .sort((a, b) => compare(a.lesion.createdAt, b.lesion.createdAt) || compare(a.lesion.id, b.lesion.id));
  const taken = new Map<string, number>();
  return own.map((lesionCase, index) => {
    const pin = pinOf(lesionCase.lesion);
    const at = pin && `${pin.figure.id} ${pin.x.toFixed(1)} ${pin.y.toFixed(1)}`;
    const before = at === null ? 0 : (taken.get(at) ?? 0);
    if (at !== null) taken.set(at, before + 1);
    return { number: index + 1, lesionCase, pin: pin && beside(pin, before) };
  });
}

/** A pin that as many others came before at the same point: in turn to the right and to the left of it. */
function beside(pin: BodyPin, before: number): BodyPin {
  const step = (pin.figure.width / 9) * Math.ceil(before / 2);
  return { ...pin, x: pin.x + (before % 2 === 1 ? step : -step) };
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
