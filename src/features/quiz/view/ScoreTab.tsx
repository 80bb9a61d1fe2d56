import { Button, Group, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Estimate } from '../../../core/metrics/bootstrap';
import { diagnoses } from '../../../core/teaching/case-list';
import { useLanguage } from '../../../ui/context';
import { formatNumber, formatShare } from '../../../ui/format';
import { useOutcome } from '../../../ui/Outcome';
import { cardFigures, together } from '../model/card-figures';
import { type Rate, scoreOf } from '../model/score';
import { useQuiz, useQuizParts } from './context';
import styles from './quiz.module.css';
import { useMachineCards } from './use-machine-cards';
import { useNames } from './use-names';

/** The student's own figures beside those of the card's test. */
export function ScoreTab() {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const names = useNames();
  const cards = useMachineCards();
  const attempts = useQuiz(({ attempts }) => attempts);
  const answers = useQuiz(({ answers }) => answers);
  if (attempts.length === 0)
    return (
      <div className={styles.empty}>
        <Text fw={600}>{t('quiz.score.none')}</Text>
        <Text size="sm" c="dimmed">
          {t('quiz.score.kept')}
        </Text>
      </div>
    );
  const score = scoreOf(attempts);
  const figures = cards && cardFigures(cards.card, cards.tellsAll);
  const both = together(attempts, answers, cards?.tellsAll ?? false);
  const cardName =
    cards && figures
      ? t('quiz.score.card', {
          name: read(cards.card.title),
          amount: formatNumber(figures.count, language),
        })
      : '';
  return (
    <section className={styles.score} aria-label={t('quiz.score.heading')}>
      <div>
        <Text className={styles.total}>
          {t('quiz.score.all', { right: score.all.hits, asked: score.all.count })}
        </Text>
        <Text size="sm" c="dimmed">
          {t('quiz.score.allHelp')}
        </Text>
      </div>
      <div className={styles.scrolled}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Td />
              <Table.Th scope="col">{t('quiz.score.you')}</Table.Th>
              {cardName && <Table.Th scope="col">{cardName}</Table.Th>}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {(['accuracy', 'sensitivity', 'specificity'] as const).map((measure) => (
              <Table.Tr key={measure}>
                <Table.Th scope="row">{t(`quiz.score.${measure}`)}</Table.Th>
                <Table.Td>
                  <RateValue rate={measure === 'accuracy' ? score.first : score[measure]} />
                </Table.Td>
                {figures && (
                  <Table.Td>
                    <EstimateValue estimate={figures[measure]} />
                  </Table.Td>
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      <div className={styles.scrolled}>
        <Table captionSide="top">
          <Table.Caption ta="start" fw={600} c="var(--mantine-color-text)">
            {t('quiz.score.classes')}
          </Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('quiz.score.class')}</Table.Th>
              <Table.Th scope="col">{t('quiz.score.you')}</Table.Th>
              {cardName && <Table.Th scope="col">{cardName}</Table.Th>}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {diagnoses.map((diagnosis) => (
              <Table.Tr key={diagnosis}>
                <Table.Th scope="row">{names.diagnosis(diagnosis)}</Table.Th>
                <Table.Td>
                  <RateValue rate={score.classes[diagnosis]} />
                </Table.Td>
                {figures && (
                  <Table.Td>
                    <ShareValue share={figures.classes[diagnosis]?.recall ?? null} />
                  </Table.Td>
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {figures && <Text size="sm">{t('quiz.score.other')}</Text>}
      {both.count > 0 && <Text size="sm">{t('quiz.score.together', both)}</Text>}
      <Reset count={attempts.length} />
    </section>
  );
}

/** "7 of 9", and the share with its interval. */
function RateValue({ rate: { hits, count, rate } }: { rate: Rate }) {
  const { t } = useTranslation();
  if (count === 0) return <>{t('quiz.score.nothing')}</>;
  return (
    <>
      <span className={styles.counts}>{t('quiz.score.counts', { hits, count })}</span>{' '}
      <EstimateValue estimate={rate} />
    </>
  );
}

function EstimateValue({ estimate }: { estimate: Estimate | null }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  if (!estimate) return <>{t('quiz.score.nothing')}</>;
  const [value, low, high] = [estimate.value, estimate.low, estimate.high].map((share) =>
    formatShare(share, language, 0),
  );
  return <>{t('quiz.score.interval', { value, low, high })}</>;
}

function ShareValue({ share }: { share: number | null }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  return <>{share === null ? t('quiz.score.nothing') : formatShare(share, language, 0)}</>;
}

function Reset({ count }: { count: number }) {
  const { t } = useTranslation();
  const { quiz } = useQuizParts();
  const notify = useOutcome();
  const [asking, setAsking] = useState(false);
  const reset = async () => {
    await quiz.resetScore();
    notify.done(t('quiz.score.none'));
  };
  return (
    <div className={styles.reset}>
      <Text size="sm" c="dimmed">
        {t('quiz.score.kept')}
      </Text>
      {asking ? (
        <div role="alertdialog" aria-label={t('quiz.score.reset')}>
          <Text size="sm">{t('quiz.score.resetAsk', { count })}</Text>
          <Group mt="xs">
            <Button size="sm" color="red.9" onClick={() => void reset()}>
              {t('quiz.score.resetDo')}
            </Button>
            <Button size="sm" variant="default" autoFocus onClick={() => setAsking(false)}>
              {t('quiz.score.cancel')}
            </Button>
          </Group>
        </div>
      ) : (
        <Button size="sm" variant="default" onClick={() => setAsking(true)}>
          {t('quiz.score.reset')}
        </Button>
      )}
    </div>
  );
}
