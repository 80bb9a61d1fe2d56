import { Button, Group, Loader, Text } from '@mantine/core';
import { IconPhotoQuestion } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { knownCases } from '../model/chosen-cases';
import type { Question } from '../model/quiz';
import { Busy } from './Busy';
import { Choices } from './Choices';
import { useLibrary, useQuiz, useQuizParts } from './context';
import { QuestionView } from './QuestionView';
import styles from './quiz.module.css';
import { BuiltIn } from './SetsTab';

/** What is asked, and the question. */
export function AskTab({ onSets }: { onSets: () => void }) {
  const { t } = useTranslation();
  const { quiz } = useQuizParts();
  const sets = useLibrary(({ sets }) => sets);
  const question = useQuiz(({ question }) => question);
  const fetching = useQuiz(({ fetching }) => fetching);
  const some = knownCases(sets).length > 0;
  const gone =
    question !== null &&
    !knownCases(sets).some(
      ({ photo, diagnosis }) => photo === question.known.photo && diagnosis === question.known.diagnosis,
    );
  const first = useRef<Question | null>(null);
  first.current ??= question;
  // A set may have come or gone since the last question.
  useEffect(() => {
    if (question === null || gone) void quiz.next();
  }, [quiz, question, gone]);

  if (!some)
    return (
      <div className={styles.empty}>
        <IconPhotoQuestion size={44} stroke={1.2} aria-hidden />
        <Text fw={600}>{t('quiz.empty.heading')}</Text>
        <Text size="sm" c="dimmed">
          {t('quiz.empty.text')}
        </Text>
        <Group justify="center">
          <Button onClick={onSets}>{t('quiz.tabs.sets')}</Button>
          <BuiltIn />
        </Group>
        <Busy />
      </div>
    );
  return (
    <>
      <Choices />
      {question ? (
        <QuestionView key={question.url} question={question} goesOn={question.url !== first.current?.url} />
      ) : fetching ? (
        <Group justify="center" p="xl">
          <Loader aria-label={t('quiz.sets.reading')} />
        </Group>
      ) : (
        <div className={styles.empty} role="status">
          <Text>{t('quiz.empty.noFit')}</Text>
        </div>
      )}
    </>
  );
}
