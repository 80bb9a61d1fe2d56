import { Button, Progress, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useServices } from '../../../ui/context';
import { symptoms } from '../model/outcome';
import { createSelfCheck, questions, type SelfCheck, stepsOf } from '../model/self-check';
import { AboutStep } from './AboutStep';
import { AcneResult } from './AcneResult';
import { LesionResult } from './LesionResult';
import { PhotoStep } from './PhotoStep';
import { PlaceStep, SpecialStep } from './PlaceSteps';
import { StartStep } from './StartStep';
import { SymptomStep } from './SymptomStep';
import styles from './self-check.module.css';

/** One question a screen, then the answer. Leaving the screen forgets all of it. */
export function SelfCheckScreen() {
  const { engine, runtime, open } = useServices();
  const [check] = useState(() => createSelfCheck({ engine, runtime }, open));
  useEffect(() => () => check.forget(), [check]);
  const state = useStore(check.store);
  const { path, step } = state;
  const place = useRef<HTMLDivElement>(null);
  const question = `${path} ${step}`;
  const asked = useRef(question);
  // A new question is read out, and begins at its top. The first one is the page itself: it scrolls nothing.
  useEffect(() => {
    if (asked.current === question) return;
    asked.current = question;
    const { current } = place;
    current?.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
    if (current && current.getBoundingClientRect().top < 0) current.scrollIntoView({ block: 'start' });
  }, [question]);

  const wide = path !== null && step === 'answer';
  return (
    <div className={styles.scroll}>
      <div className={styles.screen} data-wide={wide || undefined} ref={place}>
        {path !== null && <Way check={check} />}
        <CurrentStep check={check} />
      </div>
    </div>
  );
}

function CurrentStep({ check }: { check: SelfCheck }) {
  const { path, step } = useStore(check.store);
  if (path === null) return <StartStep check={check} />;
  const symptom = symptoms.find((symptom) => symptom === step);
  if (symptom) return <SymptomStep key={symptom} check={check} symptom={symptom} />;
  switch (step) {
    case 'about':
      return <AboutStep check={check} />;
    case 'place':
      return <PlaceStep check={check} />;
    case 'special':
      return <SpecialStep check={check} />;
    case 'photo':
      return <PhotoStep check={check} />;
    default:
      return path === 'acne' ? <AcneResult check={check} /> : <LesionResult check={check} />;
  }
}

/** Where one is, and the way back. */
function Way({ check }: { check: SelfCheck }) {
  const { t } = useTranslation();
  const state = useStore(check.store);
  const steps = stepsOf(state);
  const number = steps.indexOf(state.step) + 1;
  const where = whereOf();
  function whereOf(): string {
    const asked = questions.indexOf(state.step) + 1;
    if (asked > 0) return t('selfCheck.question', { number: asked, questions: questions.length });
    return t(state.step === 'photo' ? 'selfCheck.photoStep' : 'selfCheck.answerStep');
  }
  return (
    <div className={styles.way}>
      <Button
        variant="subtle"
        size="compact-md"
        leftSection={<IconArrowLeft size={18} aria-hidden />}
        onClick={check.back}
      >
        {t('selfCheck.back')}
      </Button>
      <Progress.Root size="sm" className={styles.bar} transitionDuration={100}>
        <Progress.Section value={(100 * number) / steps.length} aria-label={where} />
      </Progress.Root>
      <Text size="sm" c="dimmed">
        {where}
      </Text>
    </div>
  );
}
