import { Button, Checkbox, Group, List, Loader, Modal, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../core/failure';
import { type ImportPlan, importContents, planImport } from '../../../records/archive-import';
import { type ArchiveContents, readArchive } from '../../../records/archive-read';
import { kinds } from '../../../records/record';
import { useServices } from '../../../ui/context';
import { FailureNotice } from '../../../ui/FailureNotice';
import { useOutcome } from '../../../ui/Outcome';

type State =
  | { state: 'reading' }
  | { state: 'failed'; failure: Failure }
  | { state: 'read'; contents: ArchiveContents; plan: ImportPlan };

/** What an archive would bring, before anything is written. */
export function ImportDialog({ file, onClose }: { file: File | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened={file !== null} onClose={onClose} title={t('caseBook.import.heading')}>
      {file && <Import key={`${file.name} ${file.lastModified}`} file={file} onClose={onClose} />}
    </Modal>
  );
}

function Import({ file, onClose }: { file: File; onClose: () => void }) {
  const { t } = useTranslation();
  const { cases } = useServices();
  const notify = useOutcome();
  const [state, setState] = useState<State>({ state: 'reading' });
  const [replace, setReplace] = useState(false);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    let left = false;
    void (async () => {
      const contents = await readArchive(file);
      const database = contents.ok ? await cases.database() : contents;
      if (left) return;
      if (!contents.ok) return setState({ state: 'failed', failure: contents.failure });
      if (!database.ok) return setState({ state: 'failed', failure: database.failure });
      const plan = planImport((await database.value.read()).records, contents.value);
      if (!left) setState({ state: 'read', contents: contents.value, plan });
    })();
    return () => {
      left = true;
    };
  }, [file, cases]);

  if (state.state === 'reading') return <Loader aria-label={t('app.loadingScreen')} />;
  if (state.state === 'failed')
    return <FailureNotice failure={state.failure} heading={t('caseBook.import.failed')} />;

  const { contents, plan } = state;
  const count = (ids: ImportPlan['fresh']) => kinds.reduce((sum, kind) => sum + ids[kind].length, 0);
  const conflicts = count(plan.conflicting);
  const write = async () => {
    setBusy(true);
    const database = await cases.database();
    const written = database.ok ? await importContents(database.value, contents, plan, replace) : database;
    if (written.ok) await cases.load();
    setBusy(false);
    if (!written.ok) return notify.failed(t('caseBook.import.failed'), written.failure);
    notify.done(t('caseBook.import.done'));
    onClose();
  };
  return (
    <Stack gap="md">
      <List size="sm">
        <List.Item>
          {t('caseBook.import.fresh', {
            lesions: plan.fresh.lesions.length,
            photos: plan.fresh.photos.length,
          })}
        </List.Item>
        <List.Item>{t('caseBook.import.same', { count: count(plan.same) })}</List.Item>
        {conflicts > 0 && <List.Item>{t('caseBook.import.conflicts', { count: conflicts })}</List.Item>}
        {contents.skipped.length > 0 && (
          <List.Item>{t('caseBook.import.skipped', { count: contents.skipped.length })}</List.Item>
        )}
      </List>
      {contents.skipped.slice(0, 5).map(({ what, reason }) => (
        <Text key={`${what} ${reason}`} size="xs" c="dimmed">
          {t('caseBook.import.skippedItem', { what, reason: t(`caseBook.import.reason.${reason}`) })}
        </Text>
      ))}
      {conflicts > 0 && (
        <Checkbox
          checked={replace}
          onChange={(event) => setReplace(event.currentTarget.checked)}
          label={t('caseBook.import.replace')}
        />
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('answer.cancel')}
        </Button>
        <Button
          loading={busy}
          disabled={count(plan.fresh) + (replace ? conflicts : 0) === 0}
          onClick={() => void write()}
        >
          {t('caseBook.import.do')}
        </Button>
      </Group>
    </Stack>
  );
}
