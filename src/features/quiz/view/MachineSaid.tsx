import { Text } from '@mantine/core';
import { IconCheck, IconFlag, IconFlagOff, IconHelpHexagon, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { classNameOf } from '../../../core/card/class-name';
import { useLanguage } from '../../../ui/context';
import { formatAgainst, formatProbability } from '../../../ui/format';
import { ProbabilityBars } from '../../../ui/ProbabilityBars';
import { useBriefList } from '../../../ui/use-brief-list';
import { type MachineAnswer, type MachineCards, machineRight } from '../model/machine-answer';
import type { Question } from '../model/quiz';
import type { Choice } from '../model/score';
import styles from './quiz.module.css';

interface Props {
  answer: MachineAnswer;
  question: Pick<Question, 'known'> & { choice: Choice };
  cards: Pick<MachineCards, 'card' | 'tellsAll'>;
}

/** A kept answer in the order of every other screen: flagged or not, what cannot be ruled out, then the classes. */
export function MachineSaid({ answer, question: { known, choice }, cards: { card, tellsAll } }: Props) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const listOf = useBriefList();
  if (answer.noResult) return <NoResult answer={answer} />;
  const right = machineRight(answer, known, choice, tellsAll);
  const share = (id: string) => answer.probabilities.find((each) => each.id === id)?.probability ?? 0;
  const top = {
    name: classNameOf(card, answer.first, language),
    probability: formatProbability(share(answer.first), language),
  };
  return (
    <div className={styles.machine}>
      <Lead answer={answer} />
      {answer.listed && (
        <Text>{listOf(card, { ...answer.listed, listed: answer.listed.words, noResult: false })}</Text>
      )}
      <Text fw={answer.flagged === null ? 600 : undefined}>{t('verdict.headline.most-probable', top)}</Text>
      {right !== null && (
        <Text className={styles.mark} size="sm">
          {right ? <IconCheck size={18} aria-hidden /> : <IconX size={18} aria-hidden />}
          {t(right ? 'quiz.machine.right' : 'quiz.machine.wrong')}
        </Text>
      )}
      <ProbabilityBars
        compact
        items={card.classes.map(({ id, name, kind }) => ({
          ...{ id, kind, name: read(name) },
          probability: share(id),
        }))}
      />
      <Text size="xs" c="dimmed">
        {t('quiz.machine.by', { name: read(card.title) })}
      </Text>
    </div>
  );
}

/** Flagged or not; nothing where the package has no threshold. */
function Lead({ answer: { flagged, sum } }: { answer: MachineAnswer }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  if (flagged === null) return null;
  const Flag = flagged ? IconFlag : IconFlagOff;
  const headline = flagged ? 'flagged' : 'not-flagged';
  return (
    <Text fw={600} className={styles.mark}>
      <Flag size={18} aria-hidden />
      {sum ? t(`verdict.cell.${headline}`, formatAgainst(sum, language)) : t(`verdict.headline.${headline}`)}
    </Text>
  );
}

/** Numbers mean little then, but a flag is said all the same. */
function NoResult({ answer: { flagged, sum } }: { answer: MachineAnswer }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const lead = !flagged
    ? t('verdict.headline.no-result')
    : sum
      ? t('verdict.cell.no-result-flagged', formatAgainst(sum, language))
      : `${t('verdict.headline.no-result')}. ${t('verdict.flaggedAllTheSame')}`;
  const Icon = flagged ? IconFlag : IconHelpHexagon;
  return (
    <div className={styles.machine} role="status">
      <Text fw={600} className={styles.mark}>
        <Icon size={18} aria-hidden />
        {lead}
      </Text>
      <Text>{t('quiz.machine.noResult')}</Text>
    </div>
  );
}
