import { IconFileCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './FactsPanel.module.css';

/** A fact's name, with a mark where its value was read from the file and not given by the user. */
export function FactLabel({ name, read }: { name: string; read: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      {name}
      {read && (
        <span className={styles.read}>
          <IconFileCheck size={14} aria-hidden />
          {t('facts.fromFile')}
        </span>
      )}
    </>
  );
}

export interface FactProps {
  name: string;
  /** Null where it is unknown. */
  value: string | number | null;
  /** Read from the file. */
  read: boolean;
  onChange: (value: string | number | null) => void;
}
