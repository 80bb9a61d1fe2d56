import { Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import styles from './findings.module.css';

/** Sentences that warn, each once. */
export function WarningList({ warnings }: { warnings: readonly string[] }) {
  return (
    <ul className={styles.warnings}>
      {warnings.map((warning) => (
        <li key={warning}>
          <IconAlertTriangle size={16} aria-hidden />
          <Text size="sm">{warning}</Text>
        </li>
      ))}
    </ul>
  );
}
