import { states as all } from './clinic';

export const path = 'clinic';
/** A reading room's display. */
export const sizes = { large: { width: 2560, height: 1440 } };

/** The states in which room might be wasted. */
export const states = Object.fromEntries(
  ['empty', 'answer', 'several', 'lesions', 'fusion', 'compare', 'korean several'].flatMap((name) => {
    const bring = all[name];
    return bring ? [[name, bring]] : [];
  }),
);
