import { Button, FileButton, Group, Loader, Progress, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconFileTypeCsv } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../../ui/FailureNotice';
import type { Folder } from '../model/folder';
import { useEvaluateServices, useEvaluation } from './context';
import styles from './evaluate.module.css';
import { FolderButton } from './FolderButton';

/** The folder, and where its labels come from. */
export function ImageSource() {
  const { t } = useTranslation();
  const { evaluation } = useEvaluateServices();
  const { folder, source, table, tableFailure } = useEvaluation((state) => state.draft);
  const readingTable = useEvaluation((state) => state.readingTable);
  const holds = useEvaluation((state) => state.holds);
  const planningShare = useEvaluation((state) => state.planningShare);
  const [reading, setReading] = useState(false);
  const take = async (given: Folder) => {
    setReading(true);
    await evaluation.chooseFolder(given);
    setReading(false);
  };
  if (!folder) {
    return (
      <div className={styles.drop}>
        <Text fw={600} size="lg">
          {t('evaluate.dropFolder')}
        </Text>
        <Text>{t('evaluate.dropHelp')}</Text>
        <Text size="sm" c="dimmed">
          {t('evaluate.tableHelp')}
        </Text>
        <FolderButton label={t('evaluate.chooseFolder')} onFolder={(given) => void take(given)} />
        {reading && !readingTable && <Loader size="sm" aria-label={t('evaluate.reading')} />}
        {readingTable && <ReadingTable />}
      </div>
    );
  }
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Text fw={500}>
          {t('evaluate.folderHolds', {
            name: folder.name || t('evaluate.looseFiles'),
            holds: holds
              ? [
                  t('evaluate.imageCount', { count: holds.images }),
                  ...(holds.masks > 0 ? [t('evaluate.maskCount', { count: holds.masks })] : []),
                ].join(', ')
              : '…',
          })}
        </Text>
        <FolderButton
          variant="default"
          label={t('evaluate.otherFolder')}
          onFolder={(given) => void take(given)}
        />
      </Group>
      <Group>
        <SegmentedControl
          aria-label={t('evaluate.labelSource')}
          value={source ?? 'folders'}
          onChange={(value) => evaluation.draft({ source: value as 'table' | 'folders' })}
          data={[
            { value: 'table', label: t('evaluate.fromTable') },
            { value: 'folders', label: t('evaluate.fromFolders') },
          ]}
        />
        {source === 'table' && (
          <FileButton
            accept=".csv,.tsv,.txt,text/csv"
            onChange={(file) => file && void evaluation.chooseTable(file)}
          >
            {(props) => (
              <Button {...props} variant="default" leftSection={<IconFileTypeCsv size={18} aria-hidden />}>
                {t('evaluate.chooseTable')}
              </Button>
            )}
          </FileButton>
        )}
      </Group>
      {readingTable && <ReadingTable />}
      {planningShare !== null && (
        <Stack gap={4} role="status">
          <Text size="sm">{t('evaluate.planning')}</Text>
          <Progress value={100 * planningShare} aria-label={t('evaluate.planning')} />
        </Stack>
      )}
      {source === 'table' && table && (
        <Text size="sm">{t('evaluate.tableName', { name: table.name, count: table.rows.length })}</Text>
      )}
      {source === 'table' && !table && !tableFailure && (
        <Text size="sm" c="dimmed">
          {t('evaluate.tableHelp')}
        </Text>
      )}
      {source === 'table' && tableFailure && (
        <FailureNotice failure={tableFailure} heading={t('evaluate.tableFailed')} />
      )}
    </Stack>
  );
}

/** A large table takes a while; it can be given up. */
function ReadingTable() {
  const { t } = useTranslation();
  const { evaluation } = useEvaluateServices();
  return (
    <Group gap="sm" role="status">
      <Loader size="sm" aria-hidden />
      <Text size="sm">{t('evaluate.readingTable')}</Text>
      <Button size="compact-sm" variant="default" onClick={() => evaluation.cancelReading()}>
        {t('answer.cancel')}
      </Button>
    </Group>
  );
}
