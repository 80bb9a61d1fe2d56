import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { readTakeaway } from '../../../core/takeaway/takeaway';
import { TakenVisit } from '../../../ui/takeaway/TakenVisit';
import styles from './takeaway-screen.module.css';

/** What a visitor took away from a kiosk: all of it stands behind the "?" in the hash of the address. */
export function TakeawayScreen() {
  const { t } = useTranslation();
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  const at = hash.indexOf('?');
  const read = readTakeaway(at < 0 ? '' : hash.slice(at + 1));
  return (
    <div className={styles.scroll}>
      <article className={styles.page}>
        <h1>{t(read.ok ? 'takeaway.heading' : 'takeaway.refused.heading')}</h1>
        {read.ok ? (
          <>
            <TakenVisit takeaway={read.takeaway} />
            <p>{t('takeaway.caution')}</p>
          </>
        ) : (
          <p role="alert">{t(`takeaway.refused.${read.problem}`)}</p>
        )}
        <p>
          <strong>{t('app.disclaimer')}</strong>
        </p>
        {read.ok && <p className={styles.note}>{t('takeaway.whereFrom')}</p>}
        <p>
          <a href="#/intended-use">{t('takeaway.more')}</a>
        </p>
      </article>
    </div>
  );
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}
