import { Button, Modal } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useLanguage } from '../../../ui/context';
import { formatNumber } from '../../../ui/format';
import { useDemoGallery, useKiosk, useVisitorSession } from './context';
import styles from './kiosk.module.css';

/** The count of requests since the doors opened, always in sight; behind it what is counted. */
export function Proof() {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { requests, session } = useKiosk();
  const count = useStore(requests.store, ({ count }) => count);
  const visitors = useVisitorSession(({ visitors }) => visitors);
  // A sample is the host's; a frame of the camera is the visitor's.
  const pictures = useDemoGallery(({ demoRun }) => (demoRun && demoRun.sampleId === null ? 1 : 0));
  const [shown, setShown] = useState(false);
  const all = count && count.own + count.elsewhere;
  const facts = count && [
    [t('kiosk.proof.elsewhere'), formatNumber(count.elsewhere, language)],
    [t('kiosk.proof.own'), formatNumber(count.own, language)],
    [t('kiosk.proof.kept'), formatNumber(pictures, language)],
    [t('kiosk.proof.visitors', { since: visitors.since }), formatNumber(visitors.count, language)],
  ];
  return (
    <>
      <Button
        className={styles.proof}
        variant="subtle"
        size="md"
        leftSection={<IconShieldCheck aria-hidden />}
        onClick={() => {
          session.begin();
          setShown(true);
        }}
      >
        <span data-testid="requests" data-count={all ?? ''}>
          {all === null ? t('kiosk.proof.loading') : t('kiosk.proof.short', { count: all })}
        </span>
      </Button>
      <Modal
        opened={shown}
        onClose={() => setShown(false)}
        title={t('kiosk.proof.heading')}
        closeButtonProps={{ 'aria-label': t('app.dismiss'), size: 'xl' }}
        classNames={{ title: styles.proofTitle }}
        size="xl"
        centered
        transitionProps={{ duration: 100 }}
      >
        {facts && (
          <dl className={styles.facts}>
            {facts.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        )}
        <p>{t('kiosk.proof.counts')}</p>
        <p>{t('kiosk.proof.forgets')}</p>
      </Modal>
    </>
  );
}
