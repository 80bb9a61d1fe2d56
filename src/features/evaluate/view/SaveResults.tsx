import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { localDay } from '../../../core/day';
import { resultsText } from '../../../core/evaluation/results-file';
import type { Disclaimer } from '../../../report/words';
import { saveFile } from '../../../ui/save-file';
import { Dialog } from './Dialog';
import type { Series } from './series';

interface Props {
  own: readonly Series[];
  /** ISO 8601, UTC. */
  createdAt: string;
  disclaimer: Disclaimer;
  onClose: () => void;
}

/** Asks what the results are of, says what goes along, and saves the file for others. */
export function SaveResults({ own, createdAt, disclaimer, onClose }: Props) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const save = () => {
    const models = own.map(({ model }) => model);
    const content = resultsText({ name: name.trim(), createdAt, disclaimer, models });
    saveFile(`evaluation-results-${localDay(new Date(createdAt))}.json`, content, 'application/json');
    onClose();
  };
  return (
    <Dialog title={t('evaluate.asResults')} onClose={onClose}>
      <Stack gap="md">
        <Text size="sm">{t('evaluate.resultsWhat')}</Text>
        <TextInput
          data-autofocus
          label={t('evaluate.resultsName')}
          description={t('evaluate.resultsNameHelp')}
          maxLength={80}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button onClick={save}>{t('evaluate.saveResults')}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
