import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { SelfCheckPhoto } from '../../cases/self-check';
import type { Analysis } from '../../core/analysis';
import { contours } from '../../core/mask/outline';
import { principalAxes } from '../../core/morphology/asymmetry';
import type { Morphology } from '../../core/morphology/morphology';
import type { SelfCheckAnswers } from '../../core/self-check';
import { useLanguage } from '../../ui/context';
import { formatShare } from '../../ui/format';
import styles from './self-check.module.css';

interface Props {
  photo: SelfCheckPhoto;
  analysis: Analysis | null;
  answers: SelfCheckAnswers;
}

/** The five things that people are taught to look at, on their own photo. */
export function AbcdePanel({ photo, analysis, answers }: Props) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const mask = analysis?.lesion?.mask ?? null;
  const form = analysis?.lesion?.morphology ?? null;
  const evolving = (['changed', 'grew', 'bleed'] as const).some((one) => answers.symptoms[one] === 'yes');
  const colours = form?.colours.present.map((colour) =>
    t('selfCheck.abcde.colourShare', {
      colour: t(`selfCheck.colour.${colour}`),
      share: formatShare(form.colours.shares[colour], language),
    }),
  );
  const rows = [
    { letter: 'A', name: t('selfCheck.abcde.a'), says: form && levelWords(form, 'asymmetry') },
    { letter: 'B', name: t('selfCheck.abcde.b'), says: form && levelWords(form, 'concavity') },
    { letter: 'C', name: t('selfCheck.abcde.c'), says: colours?.join(', ') ?? null },
    { letter: 'D', name: t('selfCheck.abcde.d'), says: form && t('selfCheck.abcde.noScale') },
    {
      letter: 'E',
      name: t('selfCheck.abcde.e'),
      says: t(evolving ? 'selfCheck.abcde.evolving' : 'selfCheck.abcde.notEvolving'),
    },
  ];
  function levelWords({ measurements }: Morphology, measure: 'asymmetry' | 'concavity'): string {
    const level = measurements.find((one) => one.measure === measure)?.level ?? 'usual';
    return t(`selfCheck.abcde.${measure}.${level}`);
  }
  return (
    <section className={styles.panel} aria-labelledby="abcde">
      <h2 id="abcde">{t('selfCheck.abcde.heading')}</h2>
      <div className={styles.abcdePhoto}>
        <img src={photo.url} alt={t('photo.alt', { name: photo.name })} />
        {mask && analysis && <Marks analysis={analysis} mask={mask} />}
      </div>
      {!form && (
        <Text size="sm">
          {t(analysis?.lesion ? 'selfCheck.abcde.notFound' : 'selfCheck.abcde.noOutline')}
        </Text>
      )}
      {form?.cutOff && <Text size="sm">{t('selfCheck.abcde.cutOff')}</Text>}
      <dl className={styles.letters}>
        {rows.map(({ letter, name, says }) => (
          <div key={letter}>
            <dt>
              <strong aria-hidden>{letter}</strong> {name}
            </dt>
            {says && <dd>{says}</dd>}
          </div>
        ))}
      </dl>
      <Text size="sm" c="dimmed">
        {t('selfCheck.abcde.meaning')}
      </Text>
    </section>
  );
}

/** The outline that the segmenter found, and the axis along which the halves are compared. */
function Marks({
  analysis,
  mask,
}: {
  analysis: Analysis;
  mask: NonNullable<NonNullable<Analysis['lesion']>['mask']>;
}) {
  const { t } = useTranslation();
  const { width, height } = analysis.photo;
  const drawn = useMemo(() => {
    const axes = principalAxes(mask);
    const reach = Math.hypot(mask.width, mask.height);
    return {
      path: contours(mask)
        .map((line) => `M${line.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`)
        .join(''),
      axis: axes && {
        x1: axes.centroid.x - reach * axes.major.x,
        y1: axes.centroid.y - reach * axes.major.y,
        x2: axes.centroid.x + reach * axes.major.x,
        y2: axes.centroid.y + reach * axes.major.y,
      },
    };
  }, [mask]);
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      className={styles.abcdeMarks}
      role="img"
      aria-label={t('selfCheck.abcde.marks')}
    >
      <g transform={`scale(${width / mask.width} ${height / mask.height})`}>
        <path d={drawn.path} className={styles.outline} />
        {drawn.axis && <line {...drawn.axis} className={styles.axis} />}
      </g>
    </svg>
  );
}
