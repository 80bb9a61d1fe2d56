import { Button, Text } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { type CSSProperties, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classNameOf } from '../../../core/card/class-name';
import { diagnoses } from '../../../core/teaching/case-list';
import { ActivationOverlay } from '../../../ui/ActivationOverlay';
import { useLanguage } from '../../../ui/context';
import { PhotoViewer } from '../../../ui/viewer/PhotoViewer';
import { useFullScreen } from '../../../ui/viewer/use-full-screen';
import type { MachineMap } from '../model/machine-answer';
import { type Question, wasRight } from '../model/quiz';
import { type Choice, isRight, modeOf } from '../model/score';
import { useQuiz, useQuizParts } from './context';
import { Feedback } from './Feedback';
import styles from './quiz.module.css';
import { useMachineCards } from './use-machine-cards';
import { useNames } from './use-names';

const two: readonly Choice[] = ['benign', 'malignant'];

/** The photo, as near as one likes, beside the answers; then what it is. `goesOn`: another question came before. */
export function QuestionView({ question, goesOn }: { question: Question; goesOn: boolean }) {
  const { t } = useTranslation();
  const { quiz } = useQuizParts();
  const { full, toggle } = useFullScreen();
  const mode = useQuiz(({ choices }) => choices.mode);
  const [mapped, setMapped] = useState(false);
  const { known, url, choice, machine } = question;
  // A question that was answered keeps the form in which it was asked.
  const answers = (choice === null ? mode : modeOf({ choice })) === 'two' ? two : diagnoses;
  const map = mapped && machine.state === 'done' && !machine.answer.noResult ? machine.map : null;
  useAnswerKeys(answers, choice !== null);
  const heading = useRef<HTMLHeadingElement>(null);
  // The button that led here is gone: whoever reads by ear goes on at the question.
  useEffect(() => {
    if (goesOn) heading.current?.focus({ preventScroll: true });
  }, [goesOn]);
  return (
    <section className={styles.question} data-full={full || undefined} aria-label={t('quiz.tabs.ask')}>
      <div className={styles.ground}>
        <PhotoViewer
          url={url}
          name={t('quiz.question.photo')}
          tooled={false}
          fullScreen={toggle}
          layers={() => map && <MapLayer map={map} />}
        />
      </div>
      <div className={styles.side}>
        <h2 ref={heading} tabIndex={-1} className={styles.what}>
          {t(answers === two ? 'quiz.question.whether' : 'quiz.question.what')}
        </h2>
        <ol className={styles.answers} data-answered={choice !== null || undefined}>
          {answers.map((answer, index) => (
            <li
              key={answer}
              data-marked={
                answer === choice || isRight({ choice: answer, truth: known.diagnosis }) || undefined
              }
            >
              <AnswerButton answer={answer} number={index + 1} question={question} />
            </li>
          ))}
        </ol>
        {choice === null ? (
          <>
            <Button variant="default" size="sm" onClick={() => void quiz.next()}>
              {t('quiz.question.skip')}
            </Button>
            <Text size="xs" c="dimmed" className={styles.keys}>
              {t('quiz.question.keys', { keys: `1–${answers.length}` })}
            </Text>
          </>
        ) : (
          <Feedback
            question={{ ...question, choice }}
            right={wasRight(question)}
            mapped={mapped}
            onMapped={setMapped}
          />
        )}
        <span className={styles.hidden} role="status">
          {choice !== null && t(wasRight(question) ? 'quiz.feedback.right' : 'quiz.feedback.wrong')}{' '}
          {choice !== null && known.diagnosis && t(`quiz.class.${known.diagnosis}.name`)}
        </span>
      </div>
    </section>
  );
}

function AnswerButton({
  answer,
  number,
  question: { known, choice },
}: {
  answer: Choice;
  number: number;
  question: Question;
}) {
  const { t } = useTranslation();
  const { quiz } = useQuizParts();
  const names = useNames();
  const right = isRight({ choice: answer, truth: known.diagnosis });
  const mark = choice === null ? null : right ? 'right' : choice === answer ? 'wrong' : null;
  return (
    <button
      type="button"
      className={styles.answer}
      data-mark={mark ?? undefined}
      // Not disabled: the focus would be lost, and what was chosen could not be read again.
      aria-disabled={choice !== null}
      onClick={() => void quiz.answer(answer)}
    >
      <kbd aria-hidden>{number}</kbd>
      <span>{names.choice(answer)}</span>
      {mark && (
        <span className={styles.mark}>
          {mark === 'right' ? <IconCheck size={18} aria-hidden /> : <IconX size={18} aria-hidden />}
          {[mark === 'right' && t('quiz.question.true'), choice === answer && t('quiz.question.yours')]
            .filter(Boolean)
            .join(' · ')}
        </span>
      )}
    </button>
  );
}

/** The number of an answer gives it, wherever the focus is, but not while something is typed. */
function useAnswerKeys(answers: readonly Choice[], answered: boolean): void {
  const { quiz } = useQuizParts();
  const press = useEffectEvent((event: KeyboardEvent) => {
    const { target, ctrlKey, metaKey, altKey, key } = event;
    if (event.defaultPrevented || ctrlKey || metaKey || altKey) return;
    if (
      target instanceof Element &&
      target.closest('input, textarea, select, [role="listbox"], [role="dialog"]')
    )
      return;
    const answer = answers[Number(key) - 1];
    if (answer && !answered) {
      event.preventDefault();
      void quiz.answer(answer);
    } else if (
      key === 'Enter' &&
      answered &&
      !(target instanceof Element && target.closest('button, a, summary'))
    ) {
      event.preventDefault();
      void quiz.next();
    }
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

/** The evidence map over the square that the model saw. */
function MapLayer({ map }: { map: MachineMap }) {
  const { t } = useTranslation();
  const { square, photo, classId, ...plane } = map;
  const { language } = useLanguage();
  const cards = useMachineCards();
  const percent = (part: number, whole: number) => `${(100 * part) / whole}%`;
  const style: CSSProperties = {
    left: percent(square.left, photo.width),
    top: percent(square.top, photo.height),
    width: percent(square.side, photo.width),
    height: percent(square.side, photo.height),
  };
  const name = classNameOf(cards?.card, classId, language);
  return (
    <div className={styles.map} style={style}>
      <ActivationOverlay {...plane} opacity={0.6} label={t('quiz.machine.mapAlt', { name })} />
    </div>
  );
}
