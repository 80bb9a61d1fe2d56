import { Alert, Button, Code, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { localDay } from '../../../core/day';
import { useCases } from '../../../ui/context';
import { saveFile } from '../../../ui/save-file';

/** What is kept here and cannot be read: said, and handed out as it is stored. Nothing where all is well. */
export function UnreadableRecords() {
  const { t } = useTranslation();
  const unreadable = useCases((state) => state.unreadable);
  if (unreadable.length === 0) return null;
  const save = () => {
    const name = `lentigo-unreadable-${localDay(new Date())}.json`;
    saveFile(name, JSON.stringify(unreadable, null, 2), 'application/json');
  };
  return (
    <Alert
      role="status"
      variant="default"
      style={{ flex: 'none' }}
      icon={<IconAlertTriangle aria-hidden />}
      title={t('caseBook.unreadable.heading', { count: unreadable.length })}
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t('caseBook.unreadable.help')}</Text>
        <Button size="xs" variant="default" onClick={save}>
          {t('caseBook.unreadable.save')}
        </Button>
        <details>
          <Text component="summary" size="sm">
            {t('failure.details')}
          </Text>
          {unreadable.map(({ kind, id, problem }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a record that cannot be read may have no id.
            <Code key={index} block mt={6}>{`${t(`caseBook.unreadable.${kind}`)} ${id}\n${problem}`}</Code>
          ))}
        </details>
      </Stack>
    </Alert>
  );
}
