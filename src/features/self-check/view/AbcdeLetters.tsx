import { useTranslation } from 'react-i18next';
import type { Morphology } from '../../../core/lesion/morphology/morphology';
import { useLanguage } from '../../../ui/context';
import { formatShare } from '../../../ui/format';
import type { SelfCheckAnswers } from '../model/outcome';
import abcde from './abcde.module.css';
import styles from './self-check.module.css';

interface Props {
  form: Morphology | null;
  /**
   * The outline is the edge inside a ring: good enough to look along, and too frayed to judge form by
   * (docs/self-check.md).
   */
  guessed: boolean;
  answers: SelfCheckAnswers;
}

/**
 * A to E, each with what the outline says of it; without one only the questions, for the person to look
 * themselves.
 */
export function AbcdeLetters({ form, guessed, answers }: Props) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { changed, grew, bleed } = answers.symptoms;
  const said = [changed, grew, bleed];
  const evolving = said.includes('yes') ? 'evolving' : said.includes(null) ? 'unsure' : 'notEvolving';
  const colours = form?.colours.present.map((colour) =>
    t('selfCheck.abcde.colourShare', {
      colour: t(`selfCheck.colour.${colour}`),
      share: formatShare(form.colours.shares[colour], language, 0),
    }),
  );
  const rows = [
    { letter: 'A', name: t('selfCheck.abcde.a'), says: form && formWords(form, 'asymmetry') },
    { letter: 'B', name: t('selfCheck.abcde.b'), says: form && formWords(form, 'concavity') },
    { letter: 'C', name: t('selfCheck.abcde.c'), says: colours?.join(', ') ?? null },
    { letter: 'D', name: t('selfCheck.abcde.d'), says: form && t('selfCheck.abcde.measure') },
    {
      letter: 'E',
      name: t('selfCheck.abcde.e'),
      says: t(`selfCheck.abcde.${evolving}`),
    },
  ];
  function formWords({ measurements }: Morphology, measure: 'asymmetry' | 'concavity'): string {
    if (guessed) return t(`selfCheck.abcde.${measure}.look`);
    const level = measurements.find((measurement) => measurement.measure === measure)?.level ?? 'usual';
    return t(`selfCheck.abcde.${measure}.${level}`);
  }
  return (
    <>
      {form?.cutOff && <p className={styles.help}>{t('selfCheck.abcde.cutOff')}</p>}
      <dl className={abcde.letters}>
        {rows.map(({ letter, name, says }) => (
          <div key={letter}>
            <dt>
              <strong aria-hidden>{letter}</strong> {name}
            </dt>
            {says && <dd>{says}</dd>}
          </div>
        ))}
      </dl>
    </>
  );
}
