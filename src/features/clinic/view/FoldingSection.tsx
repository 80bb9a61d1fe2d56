import { Title } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import { HelpTip } from '../../../ui/HelpTip';
import type { SectionId } from '../model/folds';
import styles from './folding.module.css';
import { useFold } from './use-folds';

interface Props {
  id: SectionId;
  heading: string;
  meaning?: string | undefined;
  /** What is in it, in a line, while it is folded. */
  essence?: ReactNode;
  /** Stays in sight while the section is folded: no warning may hide in one. */
  warnings?: ReactNode;
  children: ReactNode;
}

/**
 * A part of the answer that folds to a line and remembers it. What is folded stays in the page: nothing typed
 * is lost, a key of the clinic finds what it presses, and paper shows it.
 */
export function FoldingSection({ id, heading, meaning, essence, warnings, children }: Props) {
  const { open, toggle } = useFold(id);
  const own = useId();
  return (
    <section aria-labelledby={`${own}-heading`} className={styles.section}>
      <div className={styles.bar}>
        <Title order={3} className={styles.title}>
          <button
            type="button"
            id={`${own}-heading`}
            className={styles.toggle}
            aria-expanded={open}
            aria-controls={`${own}-content`}
            onClick={toggle}
          >
            <IconChevronRight size={16} aria-hidden />
            {heading}
          </button>
        </Title>
        {!open && essence && <span className={styles.essence}>{essence}</span>}
        {open && meaning !== undefined && <HelpTip subject={heading}>{meaning}</HelpTip>}
      </div>
      {warnings}
      <div id={`${own}-content`} className={styles.content} data-folded={open ? undefined : id}>
        {children}
      </div>
    </section>
  );
}
