import { Button, Text } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { kindOf } from '../../../core/teaching/suspicious';
import { useLanguage } from '../../../ui/context';
import { KindMark } from '../../../ui/KindMark';
import { difficultyOf } from '../model/machine-answer';
import type { Question } from '../model/quiz';
import type { Choice } from '../model/score';
import { useQuiz, useQuizParts } from './context';
import { MachinePart } from './MachinePart';
import styles from './quiz.module.css';
import { useNames } from './use-names';

interface Props {
  question: Question & { choice: Choice };
  right: boolean;
  /** Whether the model's evidence is shown over the photo. */
  mapped: boolean;
  onMapped: (mapped: boolean) => void;
}

/** What it is, what to look for, what was noted for this photo, and what the machine says. */
export function Feedback({ question, right, mapped, onMapped }: Props) {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const { quiz } = useQuizParts();
  const names = useNames();
  const next = useRef<HTMLButtonElement>(null);
  const answer = useQuiz(({ answers }) => answers.get(question.known.photo));
  const difficulty = difficultyOf(answer);
  const alone = answer?.opinions.length === 1 && difficulty !== 'not-measured';
  const { diagnosis, structures, title, credit, synthetic } = question.known;
  const { choice } = question;
  const kind = kindOf[diagnosis];
  // Enter goes on, and nobody has to look for the way.
  useEffect(() => next.current?.focus(), []);
  return (
    <div className={styles.feedback}>
      <div className={styles.outcome} data-right={right || undefined}>
        <Text fw={650} size="lg">
          {t(right ? 'quiz.feedback.right' : 'quiz.feedback.wrong')}
        </Text>
        <Text fw={550}>
          {t('quiz.feedback.is', { name: names.diagnosis(diagnosis) })}{' '}
          {kind !== 'benign' && <KindMark kind={kind} />}
        </Text>
        {title && <Text size="sm">{read(title)}</Text>}
        <Button
          ref={next}
          mt="xs"
          rightSection={<IconArrowRight size={18} aria-hidden />}
          onClick={() => void quiz.next()}
        >
          {t('quiz.question.next')}
        </Button>
      </div>
      <section>
        <h3>{t('quiz.feedback.look')}</h3>
        <p>{t(`quiz.class.${diagnosis}.look`)}</p>
      </section>
      {!right && choice !== 'benign' && choice !== 'malignant' && (
        <details>
          <summary>{t('quiz.feedback.chosen', { name: names.choice(choice) })}</summary>
          <p>{t(`quiz.class.${choice}.look`)}</p>
        </details>
      )}
      <section>
        <h3>{t('quiz.feedback.structures')}</h3>
        {structures.length === 0 ? (
          <p className={styles.dimmed}>{t('quiz.feedback.noStructures')}</p>
        ) : (
          <dl className={styles.structures}>
            {structures.map((structure) => (
              <div key={structure}>
                <dt>{t(`quiz.structure.${structure}.name`)}</dt>
                <dd>{t(`quiz.structure.${structure}.look`)}</dd>
              </div>
            ))}
          </dl>
        )}
      </section>
      <MachinePart question={question} mapped={mapped} onMapped={onMapped} />
      <Text size="sm" c="dimmed">
        {alone ? t(`quiz.feedback.alone.${difficulty}`) : t(`quiz.feedback.difficulty.${difficulty}`)}
      </Text>
      {(credit || synthetic) && (
        <Text size="xs" c="dimmed">
          {credit && t('quiz.feedback.credit', { credit })} {synthetic && t('photo.synthetic')}
        </Text>
      )}
    </div>
  );
}
