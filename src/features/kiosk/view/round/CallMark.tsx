import { IconCheck, IconMinus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../model/round';
import styles from './round.module.css';

/** What somebody called a photo, and whether that was right: by a sign and by words. */
export function CallMark({ call, truth }: { call: Call | null; truth: Call }) {
  const { t } = useTranslation();
  const verdict = call === null ? 'none' : call === truth ? 'right' : 'wrong';
  const Icon = { right: IconCheck, wrong: IconX, none: IconMinus }[verdict];
  return (
    <span className={styles.mark} data-verdict={verdict}>
      <Icon aria-hidden />
      {t(call === null ? 'kioskRound.noCall' : `kioskRound.call.${call}`)}
      <small>{t(`kioskRound.${verdict}`)}</small>
    </span>
  );
}
