import { Button, FileButton, Group, Loader, Text, TextInput } from '@mantine/core';
import { IconFiles, IconFolderOpen } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../../core/card/card';
import { minToCompare } from '../../../../core/decision/neighbours';
import { few } from '../../../../core/evaluation/notes';
import type { Failure } from '../../../../core/failure';
import { useLanguage } from '../../../../ui/context';
import { folderOf, photoTypes } from '../../../../ui/dropped-files';
import { FailureNotice } from '../../../../ui/FailureNotice';
import { leftOutWords, noteWords } from '../../../../ui/table-words';
import { useFolderInput } from '../../../../ui/use-folder-input';
import { givenFiles, planReference, type ReferencePlan } from '../../model/similar/reference-plan';
import { useSimilar } from './use-similar';

type State =
  | { state: 'empty' | 'reading' }
  | { state: 'failed'; failure: Failure }
  | { state: 'planned'; plan: ReferencePlan };

/** A folder, or files with a table, becomes a set once its name and what is in it were seen. */
export function MakeReferenceSet({ card }: { card: Card }) {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const { making } = useSimilar();
  const [state, setState] = useState<State>({ state: 'empty' });
  const [name, setName] = useState('');
  const take = async (files: readonly File[]) => {
    if (files.length === 0) return;
    setState({ state: 'reading' });
    const plan = await planReference(givenFiles(files, folderOf));
    if (!plan.ok) return setState({ state: 'failed', failure: plan.failure });
    setName(plan.value.name);
    setState({ state: 'planned', plan: plan.value });
  };
  const folder = useFolderInput((files) => void take(files), t('similar.sets.folder'));
  const start = (plan: ReferencePlan) => {
    setState({ state: 'empty' });
    void making.start(plan, name.trim(), card.id);
  };
  return (
    <>
      <Text size="sm">{t('similar.sets.makeHelp')}</Text>
      <Group gap="xs">
        <Button
          size="sm"
          variant="default"
          leftSection={<IconFolderOpen size={18} aria-hidden />}
          onClick={folder.choose}
        >
          {t('similar.sets.folder')}
        </Button>
        <FileButton
          multiple
          accept={`${photoTypes},.csv,.tsv,text/csv`}
          onChange={(files) => void take(files)}
        >
          {(props) => (
            <Button {...props} size="sm" variant="default" leftSection={<IconFiles size={18} aria-hidden />}>
              {t('similar.sets.files')}
            </Button>
          )}
        </FileButton>
        {folder.input}
      </Group>
      {state.state === 'reading' && <Loader size="sm" aria-label={t('similar.sets.reading')} />}
      {state.state === 'failed' && (
        <FailureNotice failure={state.failure} heading={t('similar.sets.unreadFolder')} />
      )}
      {state.state === 'planned' && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            start(state.plan);
          }}
        >
          <Planned plan={state.plan} />
          {state.plan.images.length > 0 && (
            <Group align="flex-end" gap="xs" mt="xs">
              <TextInput
                label={t('similar.sets.name')}
                value={name}
                maxLength={200}
                required
                style={{ flex: '1 1 12rem' }}
                onChange={(event) => setName(event.currentTarget.value)}
              />
              <Button type="submit" size="sm" disabled={name.trim() === ''}>
                {t('similar.sets.start', { model: read(card.title) })}
              </Button>
            </Group>
          )}
        </form>
      )}
    </>
  );
}

function Planned({ plan }: { plan: ReferencePlan }) {
  const { t } = useTranslation();
  const { images, lesions, labels, table, unlabelled, absent, rows, notes } = plan;
  return (
    <Text size="sm" component="div">
      {images.length === 0 ? t('similar.sets.noLabels') : null}
      {images.length > 0 &&
        t('similar.sets.planned', {
          count: images.length,
          lesions,
          labels: few(labels.map(({ label, count }) => `${label} ${count}`)),
        })}{' '}
      {table ? t('similar.sets.byTable', { table }) : t('similar.sets.byFolders')}{' '}
      {unlabelled > 0 && t('similar.sets.unlabelled', { count: unlabelled })}{' '}
      {absent > 0 && t('similar.sets.absent', { count: absent })}{' '}
      {images.length > 0 && lesions < minToCompare && t('similar.sets.willBeFew', { needed: minToCompare })}
      {[...noteWords(t, notes), ...leftOutWords(t, rows)].map((line) => (
        <div key={line}>{line}</div>
      ))}
    </Text>
  );
}
