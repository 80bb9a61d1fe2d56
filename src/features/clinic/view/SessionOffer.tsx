import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../../core/date-locale';
import type { Failure } from '../../../core/failure';
import { useLanguage } from '../../../ui/context';
import { useOutcome } from '../../../ui/Outcome';
import { useClinicServices, useSession } from './context';
import styles from './session.module.css';

/** What an earlier visit left, and the choice to go on with it or to forget it. */
export function SessionOffer() {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { session } = useClinicServices();
  const notify = useOutcome();
  const offer = useSession((state) => state.offer);
  const [busy, setBusy] = useState(false);
  if (!offer) return null;
  const time = (iso: string) => formatDate(iso, language, { dateStyle: 'medium', timeStyle: 'short' });
  const choose = async (action: () => Promise<Failure | null>, done: string, failed: string) => {
    setBusy(true);
    const failure = await action();
    setBusy(false);
    if (failure) return notify.failed(failed, failure);
    notify.done(done);
    // The buttons go; whoever uses the keyboard goes on at the top of the page.
    document.querySelector('main')?.focus();
  };
  return (
    <section className={styles.offer} aria-label={t('session.region')}>
      <Text size="sm" role="status">
        {t('session.offer', {
          count: offer.photos,
          date: time(offer.savedAt),
          end: time(offer.endsAt),
        })}
      </Text>
      <Group gap="xs" wrap="nowrap">
        <Button
          size="compact-sm"
          loading={busy}
          onClick={() =>
            void choose(
              session.resume,
              t('session.resumed', { count: offer.photos }),
              t('session.resumeFailed'),
            )
          }
        >
          {t('session.resume')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          disabled={busy}
          onClick={() => void choose(session.forget, t('session.forgotten'), t('session.forgetFailed'))}
        >
          {t('session.forget')}
        </Button>
      </Group>
    </section>
  );
}
