import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import { useRuntime, useServices } from '../../../ui/context';
import { FailureNotice } from '../../../ui/FailureNotice';
import { StageProgress } from '../../../ui/StageProgress';
import { useDemoGallery } from './context';
import styles from './kiosk.module.css';

/** Before the doors open: how far the model is on its way, or why there is none. */
export function Opening({ card }: { card: Card | null }) {
  const { t } = useTranslation();
  const { runtime } = useServices();
  const state = useRuntime(({ packages }) => (card ? packages[card.id] : undefined));
  const failed = useDemoGallery(({ samples }) => samples.find(({ run }) => run.state === 'failed')?.run);
  if (failed?.state === 'failed') {
    return <FailureNotice failure={failed.failure} heading={t('kiosk.noLoop')} />;
  }
  const progress = state?.state === 'loading' ? state.progress : null;
  return (
    <div className={styles.opening} role="status">
      <p className={styles.lead}>{t('kiosk.opening')}</p>
      <StageProgress progress={progress} onCancel={() => card && runtime.cancelLoad(card.id)} />
    </div>
  );
}
