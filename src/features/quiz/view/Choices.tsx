import { Button, Group, MultiSelect, Progress, SegmentedControl, Select, Switch, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { diagnoses } from '../../../core/teaching/case-list';
import { useLanguage } from '../../../ui/context';
import { FailureNotice } from '../../../ui/FailureNotice';
import { chosenCases, knownCases, type QuizChoices } from '../model/chosen-cases';
import { difficultyOf } from '../model/machine-answer';
import { useLibrary, useQuiz, useQuizParts } from './context';
import styles from './quiz.module.css';
import { useMachineCards } from './use-machine-cards';
import { useNames } from './use-names';

const levels = ['all', 'part', 'agree', 'not-measured'] as const;

/** Which photos are asked about, how, and how hard they are. */
export function Choices() {
  const { t } = useTranslation();
  const { quiz } = useQuizParts();
  const names = useNames();
  const sets = useLibrary(({ sets }) => sets);
  const choices = useQuiz(({ choices }) => choices);
  const answers = useQuiz(({ answers }) => answers);
  const all = knownCases(sets);
  const photos = chosenCases(sets, choices, answers).length;
  return (
    <details className={styles.choices}>
      <summary>
        {t('quiz.choices.heading')}:{' '}
        <span className={styles.dimmed}>{t('quiz.choices.summary', { photos, all: all.length })}</span>
      </summary>
      <div className={styles.fields}>
        {sets.length > 1 && (
          <Select
            label={t('quiz.choices.set')}
            value={choices.setId ?? ''}
            allowDeselect={false}
            onChange={(setId) => quiz.choose({ setId: setId || null })}
            data={[
              { value: '', label: t('quiz.choices.allSets') },
              ...sets.map((set) => ({ value: set.id, label: names.set(set) })),
            ]}
          />
        )}
        <MultiSelect
          label={t('quiz.choices.classes')}
          placeholder={choices.classes.length === 0 ? t('quiz.choices.allClasses') : ''}
          value={[...choices.classes]}
          onChange={(classes) => quiz.choose({ classes: diagnoses.filter((each) => classes.includes(each)) })}
          data={diagnoses.map((value) => ({ value, label: names.diagnosis(value) }))}
        />
        <Select
          label={t('quiz.choices.difficulty')}
          value={choices.difficulty}
          allowDeselect={false}
          onChange={(difficulty) =>
            quiz.choose({ difficulty: (difficulty ?? 'all') as QuizChoices['difficulty'] })
          }
          data={levels.map((value) => ({ value, label: t(`quiz.choices.level.${value}`) }))}
        />
        <div>
          <Text size="sm" fw={500} mb={4}>
            {t('quiz.choices.mode')}
          </Text>
          <SegmentedControl
            aria-label={t('quiz.choices.mode')}
            value={choices.mode}
            onChange={(mode) => quiz.choose({ mode: mode === 'two' ? 'two' : 'seven' })}
            data={[
              { value: 'seven', label: t('quiz.choices.seven') },
              { value: 'two', label: t('quiz.choices.two') },
            ]}
          />
        </div>
      </div>
      <Switch
        mt="md"
        label={t('quiz.choices.withMachine')}
        checked={choices.withMachine}
        onChange={({ currentTarget }) => quiz.choose({ withMachine: currentTarget.checked })}
      />
      <DifficultyPart />
    </details>
  );
}

/** How many photos are how hard, what says so, and the way to measure the rest. */
function DifficultyPart() {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const { quiz } = useQuizParts();
  const cards = useMachineCards();
  const sets = useLibrary(({ sets }) => sets);
  const answers = useQuiz(({ answers }) => answers);
  const measuring = useQuiz(({ measuring }) => measuring);
  const failure = useQuiz(({ measureFailure }) => measureFailure);
  if (!cards)
    return (
      <Text size="sm" c="dimmed" mt="md">
        {t('quiz.choices.noModel')}
      </Text>
    );
  const levelsOf = knownCases(sets).map(({ photo }) => difficultyOf(answers.get(photo)));
  const count = (level: string) => levelsOf.filter((each) => each === level).length;
  const open = count('not-measured');
  const names = cards.networks.map(({ title }) => read(title)).join(', ');
  return (
    <div className={styles.difficulty}>
      <Text size="sm" role="status">
        {measuring
          ? t('quiz.choices.measuring', measuring)
          : t('quiz.choices.counts', { part: count('part'), agree: count('agree'), open })}
      </Text>
      {failure && !measuring && <FailureNotice failure={failure} heading={t('answer.failedHeading')} />}
      {measuring && (
        <Progress
          value={(100 * measuring.done) / measuring.count}
          aria-label={t('quiz.choices.measuring', measuring)}
        />
      )}
      <Group>
        {measuring ? (
          <Button size="xs" variant="default" onClick={quiz.stopMeasuring}>
            {t('quiz.choices.stop')}
          </Button>
        ) : (
          <Button size="xs" variant="default" disabled={open === 0} onClick={() => void quiz.measure()}>
            {t('quiz.choices.measure')}
          </Button>
        )}
      </Group>
      <Text size="xs" c="dimmed">
        {cards.networks.length > 1
          ? t('quiz.choices.basis', { count: cards.networks.length, names })
          : t('quiz.choices.basisOne', { names })}
      </Text>
    </div>
  );
}
