import { IconAlertCircle, IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Kind } from '../core/card/card';
import styles from './KindMark.module.css';

const icons = { malignant: IconAlertTriangle, premalignant: IconAlertCircle };

/** What kind of lesion a class is, by a sign and the word, beside its name. */
export function KindMark({ kind }: { kind: Exclude<Kind, 'benign'> }) {
  const { t } = useTranslation();
  const Icon = icons[kind];
  return (
    <span className={styles.kind}>
      <Icon size="1.1em" aria-hidden />
      {t(`verdict.kind.${kind}`)}
    </span>
  );
}
