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
}

/** What happens to a photo, in its order, with where we are. */
export function StepList({ steps, now, onChoose }: Props) {
  const { t } = useTranslation();
  const at = steps.indexOf(now);
  return (
    <ol className={styles.steps} aria-label={t('kiosk.steps')}>
      {steps.map((step, index) => {
        const Icon = icons[step];
        const shared = {
          className: styles.step,
          'data-now': step === now || undefined,
          'data-past': index < at || undefined,
          'aria-current': step === now ? ('step' as const) : undefined,
        };
        const content = (
          <>
            <Icon stroke={1.5} aria-hidden />
            {t(`kiosk.step.${step}.name`)}
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
