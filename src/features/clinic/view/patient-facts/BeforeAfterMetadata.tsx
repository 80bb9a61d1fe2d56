import { Text, Title, VisuallyHidden } from '@mantine/core';
import { IconArrowDownRight, IconArrowUpRight, IconMinus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../../core/card/card';
import { calibratedBy, coarseAnswers } from '../../../../core/decision/verdict';
import { useLanguage } from '../../../../ui/context';
import { formatProbability, formatSigned } from '../../../../ui/format';
import { answerWaits } from '../../model/patient-context';
import { usePatientContext, useWorkbench } from '../context';
import styles from './FactsPanel.module.css';

/**
 * How the last change of facts moved the probabilities: before, after, the difference; nothing before there
 * was a change, and nothing while the answer waits for an own impression.
 */
export function BeforeAfterMetadata({ photoId, card }: { photoId: string; card: Card }) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const before = usePatientContext((state) => state.before[photoId]?.[card.id]);
  const run = useWorkbench(({ photos }) => photos.find(({ id }) => id === photoId)?.runs[card.id]);
  const waits = usePatientContext((state) => answerWaits(state, photoId));
  if (!before || waits) return null;
  if (run?.state !== 'done') {
    return (
      <Text size="sm" c="dimmed" mt="sm" role="status">
        {run?.state === 'running' ? t('facts.rerun') : ''}
      </Text>
    );
  }
  const then = coarseAnswers(card, calibratedBy(card, before));
  const rows = coarseAnswers(card, calibratedBy(card, run.analysis.probabilities))
    .map(({ id, name, probability: is }, index) => {
      const was = then[index]?.probability ?? 0;
      return { id, name, was, is, points: Math.round(1000 * (is - was)) / 10 };
    })
    .sort((a, b) => Math.abs(b.points) - Math.abs(a.points));
  return (
    <section role="status" aria-label={t('facts.moved')}>
      <Title order={4} size="sm" mt="md">
        {t('facts.moved')}
      </Title>
      <table className={styles.moved}>
        <caption>
          <VisuallyHidden>{t('facts.movedHow')}</VisuallyHidden>
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('answer.classColumn')}</th>
            <th scope="col">{t('facts.before')}</th>
            <th scope="col">{t('facts.after')}</th>
            <th scope="col">{t('facts.change')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, name, was, is, points }) => (
            <tr key={id}>
              <th scope="row">{read(name)}</th>
              <td>{formatProbability(was, language)}</td>
              <td>{formatProbability(is, language)}</td>
              <td>
                <Arrow points={points} />{' '}
                {points === 0
                  ? t('facts.same')
                  : t('facts.pointsValue', { value: formatSigned(points, language, 1) })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Arrow({ points }: { points: number }) {
  const Icon = points > 0 ? IconArrowUpRight : points < 0 ? IconArrowDownRight : IconMinus;
  return <Icon size={14} aria-hidden style={{ verticalAlign: '-2px' }} />;
}
