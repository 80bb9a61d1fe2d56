import { Button } from '@mantine/core';
import { IconDeviceMobile, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import { localDay } from '../../../core/day';
import { type Takeaway, writeTakeaway } from '../../../core/takeaway/takeaway';
import { useLanguage, useRuntime } from '../../../ui/context';
import { TakenVisit } from '../../../ui/takeaway/TakenVisit';
import { useBriefList } from '../../../ui/use-brief-list';
import { takeawayAddress } from '../model/takeaway-address';
import { BackButton } from './BackButton';
import { useKiosk, useSettings, useVisit } from './context';
import kioskStyles from './kiosk.module.css';
import { QrCode } from './QrCode';
import styles from './takeaway-page.module.css';
import { takeawayText } from './takeaway-text';

const noCards: readonly Card[] = [];

/** A code that holds what the visitor saw, for their phone. Nothing of it is kept here. */
export function TakeawayPage() {
  const { t, i18n } = useTranslation();
  const { language, read } = useLanguage();
  const listOf = useBriefList();
  const { session } = useKiosk();
  const { looks, round } = useVisit((state) => state);
  const cards = useRuntime(({ cards }) => (cards.state === 'ready' ? cards.value : noCards));
  const { address: publicAddress } = useSettings().settings;
  // Midnight changes no code in front of a phone.
  const [day] = useState(() => localDay());
  const takeaway: Takeaway = { day, looks, round };
  const address = takeawayAddress(publicAddress, document.baseURI);
  const text = address
    ? `${address}#/takeaway?${writeTakeaway(takeaway)}`
    : takeawayText(takeaway, { t, read, language, cards, listOf, locale: i18n.resolvedLanguage ?? language });
  return (
    <div className={styles.takeaway}>
      <div className={styles.code}>
        <QrCode text={text} label={t('takeaway.codeAlt')} />
      </div>
      <div className={styles.words}>
        <h2>
          <IconDeviceMobile aria-hidden />
          {t('takeaway.point')}
        </h2>
        <p className={kioskStyles.lead}>
          {address ? t('takeaway.page', { host: new URL(address).host }) : t('takeaway.text')}
        </p>
        <p>{t('takeaway.nothingKept')}</p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <div className={styles.visit} tabIndex={0}>
          <TakenVisit takeaway={takeaway} />
        </div>
        <div className={kioskStyles.ways}>
          <BackButton />
          <Button
            size="xl"
            leftSection={<IconRefresh size="1.2em" aria-hidden />}
            onClick={() => session.forget()}
          >
            {t('kiosk.startOver')}
          </Button>
        </div>
      </div>
    </div>
  );
}

/** Opens the page with the code. */
export function TakeawayButton() {
  const { t } = useTranslation();
  const { session } = useKiosk();
  return (
    <Button
      size="md"
      // The page under it has the main button.
      variant="light"
      leftSection={<IconDeviceMobile size="1.2em" aria-hidden />}
      onClick={() => session.go('takeaway')}
    >
      {t('takeaway.take')}
    </Button>
  );
}
