import { VisuallyHidden } from '@mantine/core';
import { IconChartBar, IconEye, IconLasso, IconPhoto } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ExplanationStep } from '../model/explanation';
import styles from './explanation.module.css';

const icons = { photo: IconPhoto, mask: IconLasso, attention: IconEye, answer: IconChartBar };

interface Props {
  steps: readonly ExplanationStep[];
  now: ExplanationStep;
  /** Absent: they are shown, not chosen. */
  onChoose?: (step: ExplanationStep) => void;
  /** Names are for screen readers alone: too small for whoever is far away. */
  signsAlone?: boolean;
}

/** What happens to a photo, in its order, with where we are. */
export function StepList({ steps, now, onChoose, signsAlone }: Props) {
  const { t } = useTranslation();
  const at = steps.indexOf(now);
  return (
    <ol className={styles.steps} aria-label={t('kiosk.steps')}>
      {steps.map((step, index) => {
        const Icon = icons[step];
        const name = t(`kiosk.step.${step}.name`);
        const shared = {
          className: styles.step,
          'data-now': step === now || undefined,
          'data-past': index < at || undefined,
          'aria-current': step === now ? ('step' as const) : undefined,
        };
        const content = (
          <>
            <Icon stroke={1.5} aria-hidden />
            {signsAlone ? <VisuallyHidden>{name}</VisuallyHidden> : name}
          </>
        );
        return (
          <li key={step}>
            {onChoose ? (
              <button type="button" {...shared} onClick={() => onChoose(step)}>
                {content}
              </button>
            ) : (
              <div {...shared}>{content}</div>
            )}
          </li>
        );
      })}
    </ol>
  );
}
