import { IconCheck, IconMinus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../model/round';
import styles from './round.module.css';

interface Props {
  call: Call | null;
  truth: Call;
  /** A model flags or does not: it calls nothing harmless. */
  by: 'guess' | 'machine';
}

const headlines = { harmless: 'not-flagged', suspicious: 'flagged' } as const;

/** What somebody called a photo, and whether that was right: by a sign and by words. */
export function CallMark({ call, truth, by }: Props) {
  const { t } = useTranslation();
  const verdict = call === null ? 'none' : call === truth ? 'right' : 'wrong';
  const Icon = { right: IconCheck, wrong: IconX, none: IconMinus }[verdict];
  return (
    <span className={styles.mark} data-verdict={verdict}>
      <Icon aria-hidden />
      {call === null
        ? t('kioskRound.noCall')
        : t(by === 'machine' ? `verdict.headline.${headlines[call]}` : `kioskRound.call.${call}`)}
      <small>{t(`kioskRound.${verdict}`)}</small>
    </span>
  );
}
