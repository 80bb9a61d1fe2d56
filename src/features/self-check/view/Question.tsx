import { Button, Stack } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './self-check.module.css';

interface Props {
  heading: string;
  help?: ReactNode;
  children: ReactNode;
}

/** A question in large type, with a line of help and what can be answered. */
export function Question({ heading, help, children }: Props) {
  return (
    <section className={styles.question}>
      <h1 className={styles.heading} tabIndex={-1}>
        {heading}
      </h1>
      {help && <p className={styles.help}>{help}</p>}
      {children}
    </section>
  );
}

interface ChoicesProps<T> {
  choices: readonly { value: T; label: string; help?: string }[];
  /** What was answered before; undefined where nothing was. */
  chosen: T | undefined;
  onChoose: (value: T) => void;
}

/** Answers as large buttons: one tap answers. */
export function Choices<T extends string | null>({ choices, chosen, onChoose }: ChoicesProps<T>) {
  return (
    <Stack gap="sm">
      {choices.map(({ value, label, help }) => (
        <Button
          key={String(value)}
          className={styles.choice}
          variant={value === chosen ? 'light' : 'default'}
          aria-pressed={value === chosen}
          justify="space-between"
          fullWidth
          rightSection={value === chosen ? <IconCheck aria-hidden /> : <span />}
          onClick={() => onChoose(value)}
        >
          <span>
            <span className={styles.choiceLabel}>{label}</span>
            {help && <span className={styles.choiceHelp}>{help}</span>}
          </span>
        </Button>
      ))}
    </Stack>
  );
}
