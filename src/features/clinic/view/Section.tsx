import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { HelpTip } from '../../../ui/HelpTip';
import styles from './answer.module.css';

interface Props {
  heading: string;
  meaning?: string;
  /** Of the heading: 4 within a section that folds. */
  order?: 3 | 4;
  children: ReactNode;
}

/** A part of the answer under its heading, with what it means within reach. */
export function Section({ heading, meaning, order = 3, children }: Props) {
  return (
    <section>
      <div className={styles.heading}>
        <Title order={order} size="sm">
          {heading}
        </Title>
        {meaning !== undefined && <HelpTip subject={heading}>{meaning}</HelpTip>}
      </div>
      {children}
    </section>
  );
}
