import { Button, Switch, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import { classNameOf } from '../../../core/card/class-name';
import { useLanguage } from '../../../ui/context';
import { FailureNotice } from '../../../ui/FailureNotice';
import { StageProgress } from '../../../ui/StageProgress';
import { type MachineMap, mapDoubt } from '../model/machine-answer';
import type { Question } from '../model/quiz';
import type { Choice } from '../model/score';
import { useQuizParts } from './context';
import { MachineSaid } from './MachineSaid';
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
          <MachineSaid answer={machine.answer} question={question} cards={cards} />
          {machine.map && !machine.answer.noResult && (
            <>
              <Switch
                mt="xs"
                label={t('quiz.machine.map')}
                checked={mapped}
                onChange={({ currentTarget }) => onMapped(currentTarget.checked)}
              />
              {mapped && <MapCaption map={machine.map} card={cards.card} />}
            </>
          )}
        </>
      )}
    </section>
  );
}

/** For which class the evidence is, and that it points at nothing, or that nobody can tell whether at the lesion. */
function MapCaption({ map, card }: { map: MachineMap; card: Card }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const doubt = mapDoubt(map);
  return (
    <div role="note">
      <Text size="sm">
        {t('quiz.machine.mapOf', { name: classNameOf(card, map.classId, language) })}{' '}
        {t(doubt ? `report.photo.doubt.${doubt}` : 'quiz.machine.mapUnplaced')}
      </Text>
    </div>
  );
}
