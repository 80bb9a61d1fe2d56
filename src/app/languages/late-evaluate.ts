import evaluateEn from './evaluate.en.json' with { type: 'json' };
import evaluateKo from './evaluate.ko.json' with { type: 'json' };
import tableNotesEn from './table-notes.en.json' with { type: 'json' };
import tableNotesKo from './table-notes.ko.json' with { type: 'json' };

/** Texts of Evaluate: no other screen waits for them. */
export const lateEvaluate = {
  en: { ...evaluateEn, ...tableNotesEn },
  ko: { ...evaluateKo, ...tableNotesKo },
};
