import { Button, FileButton, Menu, Modal, Stack, Text } from '@mantine/core';
import { IconDatabase, IconDownload, IconTrash, IconUpload } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { version } from '../../../../package.json';
import { localDay } from '../../../core/day';
import { exportArchive } from '../../../records/archive';
import { useCases, useLanguage, useServices } from '../../../ui/context';
import { useExportWords } from '../../../ui/export/use-export-words';
import { formatBytes } from '../../../ui/format';
import { useOutcome } from '../../../ui/Outcome';
import { saveFile } from '../../../ui/save-file';
import type { Case } from '../model/search';
import { ImportDialog } from './ImportDialog';
import { KeptHere } from './KeptHere';

/** What is kept takes this much room; it can be taken along as one file, brought back, or forgotten. */
export function CaseStorage({ cases: shown }: { cases: readonly Case[] }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { cases } = useServices();
  const notify = useOutcome();
  const words = useExportWords();
  const size = useCases((state) => state.size);
  const [withDicom, setWithDicom] = useState(false);
  const [importing, setImporting] = useState<File | null>(null);
  const [forgetting, setForgetting] = useState(false);
  const [forgettingAll, setForgettingAll] = useState(false);
  const [busy, setBusy] = useState(false);
  const openFile = useRef<HTMLButtonElement>(null);
  const mayClear = useMayClear();

  const save = async () => {
    setBusy(true);
    const exportedAt = new Date().toISOString();
    const read = await cases.read((database) =>
      exportArchive(database, {
        manifest: { appVersion: version, exportedAt, disclaimer: words().disclaimer },
        withDicomMetadata: withDicom,
      }),
    );
    const made = read.ok ? read.value : read;
    setBusy(false);
    if (!made.ok) return notify.failed(t('caseBook.archive.failed'), made.failure);
    const name = `lentigo-cases-${localDay(new Date(exportedAt))}.zip`;
    saveFile(name, made.value);
    notify.done(t('export.saved', { name }));
  };

  return (
    <>
      <Menu shadow="md" width={300} position="bottom-end">
        <Menu.Target>
          <Button
            size="sm"
            variant="default"
            loading={busy}
            leftSection={<IconDatabase size={16} aria-hidden />}
          >
            {[t('caseBook.archive.menu'), size && formatBytes(size.cases, language)]
              .filter(Boolean)
              .join(' · ')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            {size
              ? t('caseBook.archive.size', { size: formatBytes(size.cases, language) })
              : t('caseBook.archive.menu')}
            {size?.page && (
              <>
                <br />
                {t('caseBook.archive.free', { size: formatBytes(size.page.available, language) })}
              </>
            )}
            <br />
            {t('caseBook.archive.queue')}
            {mayClear && (
              <>
                <br />
                {t('caseBook.archive.mayClear')}
              </>
            )}
          </Menu.Label>
          <Menu.Item leftSection={<IconDownload size={18} />} onClick={() => void save()}>
            {t('caseBook.archive.export')}
          </Menu.Item>
          <Menu.Item leftSection={<IconUpload size={18} />} onClick={() => openFile.current?.click()}>
            {t('caseBook.archive.import')}
          </Menu.Item>
          <Menu.CheckboxItem closeMenuOnClick={false} checked={withDicom} onChange={setWithDicom}>
            {t('export.withFileMetadata')}
          </Menu.CheckboxItem>
          <Menu.Divider />
          <Menu.Item
            color="red"
            disabled={shown.length === 0 && (size?.cases ?? 0) < 100}
            leftSection={<IconTrash size={18} />}
            onClick={() => setForgetting(true)}
          >
            {t('caseBook.forget.button')}
          </Menu.Item>
          <Menu.Item color="red" leftSection={<IconTrash size={18} />} onClick={() => setForgettingAll(true)}>
            {t('keptHere.open')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <FileButton accept=".zip,application/zip" onChange={setImporting}>
        {(props) => <button type="button" {...props} ref={openFile} hidden aria-hidden tabIndex={-1} />}
      </FileButton>
      <ImportDialog file={importing} onClose={() => setImporting(null)} />
      <Modal
        closeButtonProps={{ 'aria-label': t('app.dismiss') }}
        opened={forgetting}
        onClose={() => setForgetting(false)}
        title={t('caseBook.forget.heading')}
        centered
      >
        <Forget onClose={() => setForgetting(false)} />
      </Modal>
      <Modal
        closeButtonProps={{ 'aria-label': t('app.dismiss') }}
        opened={forgettingAll}
        onClose={() => setForgettingAll(false)}
        title={t('keptHere.heading')}
        centered
      >
        <KeptHere onClose={() => setForgettingAll(false)} />
      </Modal>
    </>
  );
}

/** Whether the browser has not agreed to clear nothing by itself; false where it cannot be asked. */
function useMayClear(): boolean {
  const [mayClear, setMayClear] = useState(false);
  useEffect(() => {
    const asked = navigator.storage?.persisted?.();
    void asked?.then((persisted) => setMayClear(!persisted)).catch(() => {});
  }, []);
  return mayClear;
}

function Forget({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { cases } = useServices();
  const notify = useOutcome();
  const count = useCases(({ records }) => records.lesions.length);
  const photos = useCases(({ records }) => records.photos.length);
  const forget = async () => {
    const forgotten = await cases.forgetEverything();
    if (!forgotten.ok) return notify.failed(t('caseBook.forget.failed'), forgotten.failure);
    notify.done(t('caseBook.forget.done'));
    onClose();
  };
  return (
    <Stack gap="md">
      <Text>{t('caseBook.forget.what', { cases: count, photos })}</Text>
      <Text size="sm" c="dimmed">
        {t('caseBook.forget.advice')}
      </Text>
      <Button color="red.9" onClick={() => void forget()}>
        {t('caseBook.forget.do')}
      </Button>
      <Button variant="default" onClick={onClose} data-autofocus>
        {t('caseBook.forget.cancel')}
      </Button>
    </Stack>
  );
}
