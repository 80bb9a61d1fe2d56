import i18next from 'i18next';
import { english, korean } from '../../src/app/languages/texts';
import { few, type TableNote } from '../../src/core/evaluation/notes';
import { type Plan, planNotes } from '../../src/core/evaluation/plan';

/** What the Evaluate screen says before a run, in its very words: Korean where the terminal is (LANG), else English. */
export function sayings(
  plan: Plan | null,
  notes: readonly TableNote[],
  language = languageOfTerminal(),
): string[] {
  const words = i18next.createInstance();
  void words.init({
    lng: language,
    resources: { en: { translation: english }, ko: { translation: korean } },
    fallbackLng: 'en',
    initAsync: false,
    interpolation: { escapeValue: false },
  });
  const said = notes.map(({ kind, values, count }) =>
    words.t(`labelTable.note.${kind}`, { ...values, count }),
  );
  for (const kind of plan ? planNotes : []) {
    const files = plan?.[kind] ?? [];
    if (files.length > 0)
      said.push(`${words.t(`labelTable.${kind}`, { count: files.length })}: ${few(files)}`);
  }
  return said;
}

function languageOfTerminal(): 'en' | 'ko' {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  return (LC_ALL || LC_MESSAGES || LANG || '').startsWith('ko') ? 'ko' : 'en';
}
