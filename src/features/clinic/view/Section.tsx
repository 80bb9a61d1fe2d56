import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { HelpTip } from '../../../ui/HelpTip';
import styles from './answer.module.css';

/** A part of the answer under its heading, with what it means within reach. */
export function Section({
  heading,
  meaning,
  children,
}: {
  heading: string;
  meaning?: string;
  children: ReactNode;
}) {
  return (
    <section>
      <div className={styles.heading}>
        <Title order={3} size="sm">
          {heading}
        </Title>
        {meaning !== undefined && <HelpTip subject={heading}>{meaning}</HelpTip>}
      </div>
      {children}
    </section>
  );
}
