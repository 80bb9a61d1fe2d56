import { IconChartBar, IconEye, IconLasso, IconPhoto } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Stage } from '../model/stages';
import styles from './stage.module.css';

const icons = { photo: IconPhoto, mask: IconLasso, attention: IconEye, answer: IconChartBar };

interface Props {
  stages: readonly Stage[];
  now: Stage;
  /** Absent: they are shown, not chosen. */
  onChoose?: (stage: Stage) => void;
}

/** What happens to a photo, in its order, with where we are. */
export function StageSteps({ stages, now, onChoose }: Props) {
  const { t } = useTranslation();
  const at = stages.indexOf(now);
  return (
    <ol className={styles.steps} aria-label={t('kiosk.steps')}>
      {stages.map((stage, index) => {
        const Icon = icons[stage];
        const shared = {
          className: styles.step,
          'data-now': stage === now || undefined,
          'data-past': index < at || undefined,
          'aria-current': stage === now ? ('step' as const) : undefined,
        };
        const content = (
          <>
            <Icon stroke={1.5} aria-hidden />
            {t(`kiosk.stage.${stage}.name`)}
          </>
        );
        return (
          <li key={stage}>
            {onChoose ? (
              <button type="button" {...shared} onClick={() => onChoose(stage)}>
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
