import { Alert, Button, Code, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { localDay } from '../core/day';
import type { Unreadable } from '../runtime/read-one-by-one';
import { saveFile } from './save-file';

interface Props {
  unreadable: readonly Pick<Unreadable, 'name' | 'problem'>[];
  /** What is handed out, where that is not `unreadable` itself. */
  stored?: unknown;
  heading: string;
  help: string;
  save: string;
}

/** What is kept here and cannot be read: said, and handed out as it is stored. Nothing where all is well. */
export function UnreadableNotice({ unreadable, stored = unreadable, heading, help, save }: Props) {
  const { t } = useTranslation();
  if (unreadable.length === 0) return null;
  const handOut = () =>
    saveFile(`lentigo-unreadable-${localDay()}.json`, JSON.stringify(stored, null, 2), 'application/json');
  return (
    <Alert
      role="status"
      variant="default"
      style={{ flex: 'none' }}
      icon={<IconAlertTriangle aria-hidden />}
      title={heading}
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{help}</Text>
        <Button size="xs" variant="default" onClick={handOut}>
          {save}
        </Button>
        <details>
          <Text component="summary" size="sm">
            {t('failure.details')}
          </Text>
          {unreadable.map(({ name, problem }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a record that cannot be read may have no name.
            <Code key={index} block mt={6}>{`${name}\n${problem}`}</Code>
          ))}
        </details>
      </Stack>
    </Alert>
  );
}
