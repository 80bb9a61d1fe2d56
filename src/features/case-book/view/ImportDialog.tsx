import { Button, Checkbox, Group, List, Modal, Progress, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../core/failure';
import { importInWorker, type WorkerImport } from '../../../records/import-in-worker';
import type { ImportPreview } from '../../../records/importer';
import { kinds } from '../../../records/record';
import { useServices } from '../../../ui/context';
import { FailureNotice } from '../../../ui/FailureNotice';
import { useOutcome } from '../../../ui/Outcome';

type State =
  | { state: 'reading'; fraction: number }
  | { state: 'failed'; failure: Failure }
  | { state: 'read'; preview: ImportPreview };

interface Props {
  file: File | null;
  onClose: () => void;
  /** Starts an import; each file gets one of its own. */
  begin?: () => WorkerImport;
}

/** What an archive would bring, before anything is written. */
export function ImportDialog({ file, onClose, begin = importInWorker }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      closeButtonProps={{ 'aria-label': t('app.dismiss') }}
      opened={file !== null}
      onClose={onClose}
      title={t('caseBook.import.heading')}
    >
      {file && (
        <Import key={`${file.name} ${file.lastModified}`} file={file} onClose={onClose} begin={begin} />
      )}
    </Modal>
  );
}

function Import({ file, onClose, begin }: Required<Props> & { file: File }) {
  const { t } = useTranslation();
  const { cases } = useServices();
  const notify = useOutcome();
  const [state, setState] = useState<State>({ state: 'reading', fraction: 0 });
  const [replace, setReplace] = useState(false);
  const [busy, setBusy] = useState(false);
  const running = useRef<WorkerImport>(null);
  useEffect(() => {
    const started = begin();
    running.current = started;
    const onProgress = (fraction: number) =>
      setState((now) => (now.state === 'reading' ? { state: 'reading', fraction } : now));
    void started.read(file, onProgress).then((read) => {
      if (running.current !== started) return;
      setState(read.ok ? { state: 'read', preview: read.value } : { state: 'failed', failure: read.failure });
    });
    return () => {
      running.current = null;
      started.end();
    };
  }, [file, begin]);

  if (state.state === 'reading') {
    return (
      <Stack gap="md">
        <Progress value={100 * state.fraction} aria-label={t('caseBook.import.reading')} />
        <Group justify="space-between">
          <Text size="sm">{t('caseBook.import.reading')}</Text>
          <Button variant="default" onClick={onClose}>
            {t('answer.cancel')}
          </Button>
        </Group>
      </Stack>
    );
  }
  if (state.state === 'failed')
    return <FailureNotice failure={state.failure} heading={t('caseBook.import.failed')} />;

  const { fresh, same, conflicting, skipped, firstSkipped } = state.preview;
  const freshCount = kinds.reduce((sum, kind) => sum + fresh[kind], 0);
  const write = async () => {
    setBusy(true);
    const written = await running.current?.write(replace);
    if (!written) return;
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
            lesions: fresh.lesions,
            photos: fresh.photos,
          })}
        </List.Item>
        <List.Item>{t('caseBook.import.same', { count: same })}</List.Item>
        {conflicting > 0 && <List.Item>{t('caseBook.import.conflicts', { count: conflicting })}</List.Item>}
        {skipped > 0 && <List.Item>{t('caseBook.import.skipped', { count: skipped })}</List.Item>}
      </List>
      {firstSkipped.map(({ what, reason }) => (
        <Text key={`${what} ${reason}`} size="xs" c="dimmed">
          {t('caseBook.import.skippedItem', { what, reason: t(`caseBook.import.reason.${reason}`) })}
        </Text>
      ))}
      {conflicting > 0 && (
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
          disabled={freshCount + (replace ? conflicting : 0) === 0}
          onClick={() => void write()}
        >
          {t('caseBook.import.do')}
        </Button>
      </Group>
    </Stack>
  );
}
