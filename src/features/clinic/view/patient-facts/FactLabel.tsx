import { IconFileCheck, IconTag } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './FactsPanel.module.css';

/** Where a fact's value was read and not given by the user: in the file, or in the name of it or of its folder. */
export type FactRead = 'file' | 'name' | null;

/** A fact's name, with a mark where its value was read. */
export function FactLabel({ name, read }: { name: string; read: FactRead }) {
  const { t } = useTranslation();
  return (
    <>
      {name}
      {read && (
        <span className={styles.read}>
          {read === 'file' ? <IconFileCheck size={14} aria-hidden /> : <IconTag size={14} aria-hidden />}
          {t(read === 'file' ? 'facts.fromFile' : 'facts.fromName')}
        </span>
      )}
    </>
  );
}

export interface FactProps {
  name: string;
  /** Null where it is unknown. */
  value: string | number | null;
  read: FactRead;
  onChange: (value: string | number | null) => void;
}
