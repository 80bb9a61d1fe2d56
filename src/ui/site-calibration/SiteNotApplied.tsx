import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Card } from '../../core/card/card';
import type { SiteCalibration } from '../../core/decision/site-calibration';
import { useServices } from '../context';
import { useFits } from './use-fits';

interface Props {
  card: Card;
  /** What judged the answer in place of the package's own calibration. */
  site: SiteCalibration | null;
}

/**
 * That a calibration of this site is kept for the model and did not judge this answer, and why: it is for another
 * version of the model, or cannot be read. Nothing where none is kept, or one judged.
 */
export function SiteNotApplied({ card, site }: Props) {
  const { t } = useTranslation();
  const { runtime } = useServices();
  const kept = useStore(runtime.siteCalibrations.store, (all) => all[card.id]);
  const unread = useStore(runtime.siteCalibrations.unread, (all) =>
    all.some(({ packageId }) => packageId === card.id),
  );
  const fits = useFits(kept, card);
  const stale = kept && fits === false;
  if (site || !(stale || (unread && !kept))) return null;
  return <Text size="sm">{t(`siteNotApplied.${stale ? 'stale' : 'unread'}`)}</Text>;
}
