import { Button, Switch, Text } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { classNameOf } from '../../../core/card/class-name';
import { useLanguage } from '../../../ui/context';
import { FailureNotice } from '../../../ui/FailureNotice';
import { formatProbability } from '../../../ui/format';
import { ProbabilityBars } from '../../../ui/ProbabilityBars';
import { StageProgress } from '../../../ui/StageProgress';
import { type MachineAnswer, type MachineCards, machineRight } from '../model/machine-answer';
import type { Question } from '../model/quiz';
import type { Choice } from '../model/score';
import { useQuizParts } from './context';
import styles from './quiz.module.css';
import { useMachineCards } from './use-machine-cards';

interface Props {
  question: Question & { choice: Choice };
  mapped: boolean;
  onMapped: (mapped: boolean) => void;
}

/** What the machine really answers for this photo: asked for on demand, and kept. */
export function MachinePart({ question, mapped, onMapped }: Props) {
  const { t } = useTranslation();
  const { quiz } = useQuizParts();
  const cards = useMachineCards();
  const { machine } = question;
  if (!cards) return null;
  return (
    <section aria-busy={machine.state === 'running'}>
      <h3>{t('quiz.machine.heading')}</h3>
      {machine.state === 'not-asked' && (
        <Button size="sm" variant="default" onClick={() => void quiz.askMachine()}>
          {t('quiz.machine.ask')}
        </Button>
      )}
      {machine.state === 'running' && (
        <StageProgress progress={machine.progress} onCancel={quiz.cancelMachine} />
      )}
      {machine.state === 'failed' && (
        <FailureNotice
          failure={machine.failure}
          heading={t('answer.failedHeading')}
          action={{ label: t('answer.retry'), run: () => void quiz.askMachine() }}
        />
      )}
      {machine.state === 'done' && (
        <>
          <Said answer={machine.answer} question={question} cards={cards} />
          {machine.map && !machine.answer.noResult && (
            <Switch
              mt="xs"
              label={t('quiz.machine.map')}
              checked={mapped}
              onChange={({ currentTarget }) => onMapped(currentTarget.checked)}
            />
          )}
        </>
      )}
    </section>
  );
}

function Said({
  answer,
  question: { known, choice },
  cards,
}: {
  answer: MachineAnswer;
  question: Question & { choice: Choice };
  cards: MachineCards;
}) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const { card, tellsAll } = cards;
  const right = machineRight(answer, known, choice, tellsAll);
  const first = answer.probabilities.find(({ id }) => id === answer.first);
  if (answer.noResult) return <Text role="status">{t('quiz.machine.noResult')}</Text>;
  return (
    <div className={styles.machine}>
      <Text fw={600}>
        {t('quiz.machine.says', {
          name: classNameOf(card, answer.first, language),
          probability: formatProbability(first?.probability ?? 0, language),
        })}
      </Text>
      {right !== null && (
        <Text className={styles.mark} size="sm">
          {right ? <IconCheck size={18} aria-hidden /> : <IconX size={18} aria-hidden />}
          {t(right ? 'quiz.machine.right' : 'quiz.machine.wrong')}
        </Text>
      )}
      {answer.flagged !== null && (
        <Text size="sm">{t(answer.flagged ? 'quiz.machine.flagged' : 'quiz.machine.notFlagged')}</Text>
      )}
      <ProbabilityBars
        compact
        items={card.classes.map(({ id, name, kind }) => ({
          ...{ id, kind, name: read(name) },
          probability: answer.probabilities.find((each) => each.id === id)?.probability ?? 0,
        }))}
      />
      <Text size="xs" c="dimmed">
        {t('quiz.machine.by', { name: read(card.title) })}
      </Text>
    </div>
  );
}
