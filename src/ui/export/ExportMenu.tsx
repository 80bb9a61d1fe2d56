import { Button, Menu } from '@mantine/core';
import {
  IconClipboardText,
  IconFileTypeCsv,
  IconFileTypePdf,
  IconJson,
  IconPhoto,
  IconPhotoScan,
  IconPrinter,
  IconReportMedical,
  IconShare3,
} from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure, Result } from '../../core/failure';
import { csvOf, jsonOf, pdfOf, pictureOf, rowOf, stem, textOf } from '../../report/exports';
import { cleared, type Exportable } from '../../report/may-leave';
import { later } from '../later';
import { useOutcome } from '../Outcome';
import { saveFile } from '../save-file';
import { printPdf } from './print-pdf';
import { useExportWords } from './use-export-words';

const HealthRecordDialog = later(async () => (await import('./HealthRecordDialog')).HealthRecordDialog);

interface Props {
  /** What the menu is about; null where only the batch can leave. */
  answer: Exportable | null;
  /** Every answer on the screen, for a table; read when it is asked for. */
  batch: () => readonly Exportable[];
  size?: 'xs' | 'sm';
}

const endings: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'application/json': 'json',
  'image/jpeg': 'jpg',
  'image/png': 'png',
};

/**
 * All ways out: report, print, text, JSON, table, pictures. What a DICOM file said stays in unless a switch
 * says otherwise.
 */
export function ExportMenu({ answer, batch, size = 'sm' }: Props) {
  const { t } = useTranslation();
  const words = useExportWords();
  const notify = useOutcome();
  const [withPhoto, setWithPhoto] = useState(true);
  const [withFileMetadata, setWithFileMetadata] = useState(false);
  const [withNames, setWithNames] = useState(true);
  const [busy, setBusy] = useState(false);
  const [healthRecord, setHealthRecord] = useState<Exportable | null>(null);
  const leaving = answer && cleared(answer, withFileMetadata, withNames);

  const failed = (failure: Failure) => notify.failed(t('export.failed'), failure);
  const work = async (run: () => Promise<void>) => {
    setBusy(true);
    try {
      await run();
    } catch (error) {
      failed({ code: 'internal', detail: { reason: String(error) } });
    } finally {
      setBusy(false);
    }
  };
  const save = (made: Promise<Result<Blob>>, name: string) =>
    work(async () => {
      const result = await made;
      if (!result.ok) return failed(result.failure);
      const file = `${name}.${endings[result.value.type] ?? 'bin'}`;
      saveFile(file, result.value);
      notify.done(t('export.saved', { name: file }));
    });
  const base = leaving ? stem(leaving.photoName) : 'lentigo';
  const copy = (text: string) =>
    work(async () => {
      await navigator.clipboard.writeText(text);
      notify.done(t('export.copied'));
    });

  const menu = (
    <Menu shadow="md" width={300} position="bottom-end" closeOnItemClick>
      <Menu.Target>
        <Button
          size={size}
          variant="default"
          loading={busy}
          data-shortcut="export"
          leftSection={<IconShare3 size={18} aria-hidden />}
        >
          {t('export.menu')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {leaving && (
          <>
            <Menu.Label>{t('export.thisAnswer')}</Menu.Label>
            <Item
              icon={<IconFileTypePdf size={18} />}
              onClick={() => void save(pdfOf([leaving], words()), base)}
            >
              {t('export.pdf')}
            </Item>
            <Item
              icon={<IconPrinter size={18} />}
              onClick={() =>
                void work(async () => {
                  const made = await pdfOf([leaving], words());
                  if (made.ok) printPdf(made.value);
                  else failed(made.failure);
                })
              }
            >
              {t('export.print')}
            </Item>
            <Item icon={<IconClipboardText size={18} />} onClick={() => void copy(textOf(leaving, words()))}>
              {t('export.text')}
            </Item>
            <Item
              icon={<IconJson size={18} />}
              onClick={() => void save(jsonOf(leaving, words(), withPhoto), `${base}.lentigo`)}
            >
              {t('export.json')}
            </Item>
            <Item
              icon={<IconPhoto size={18} />}
              onClick={() => void save(pictureOf(leaving, false), `${base}-clean`)}
            >
              {t('export.photo')}
            </Item>
            <Item
              icon={<IconPhotoScan size={18} />}
              onClick={() => void save(pictureOf(leaving, true), `${base}-overlay`)}
            >
              {t('export.overlay')}
            </Item>
            <Item icon={<IconReportMedical size={18} />} onClick={() => setHealthRecord(leaving)}>
              {t('healthRecord.menu')}
            </Item>
            <Menu.Divider />
          </>
        )}
        <Menu.Label>{t('export.allAnswers')}</Menu.Label>
        <Item
          icon={<IconFileTypePdf size={18} />}
          onClick={() => {
            const all = batch().map((each) => cleared(each, withFileMetadata, withNames));
            if (all.length > 0) void save(pdfOf(all, words()), 'lentigo');
          }}
        >
          {t('export.pdfOfAll')}
        </Item>
        <Item
          icon={<IconFileTypeCsv size={18} />}
          onClick={() => {
            const rows = batch().map((each) => rowOf(cleared(each, withFileMetadata, withNames)));
            saveFile('lentigo.csv', csvOf(rows, words()));
            notify.done(t('export.saved', { name: 'lentigo.csv' }));
          }}
        >
          {t('export.csv')}
        </Item>
        <Menu.Divider />
        <Menu.CheckboxItem closeMenuOnClick={false} checked={withPhoto} onChange={setWithPhoto}>
          {t('export.withPhoto')}
        </Menu.CheckboxItem>
        <Menu.CheckboxItem closeMenuOnClick={false} checked={withFileMetadata} onChange={setWithFileMetadata}>
          {t('export.withFileMetadata')}
        </Menu.CheckboxItem>
        <Menu.CheckboxItem closeMenuOnClick={false} checked={withNames} onChange={setWithNames}>
          {t('export.withNames')}
        </Menu.CheckboxItem>
      </Menu.Dropdown>
    </Menu>
  );
  return (
    <>
      {menu}
      {healthRecord && <HealthRecordDialog answer={healthRecord} onClose={() => setHealthRecord(null)} />}
    </>
  );
}

function Item({ icon, onClick, children }: { icon: ReactNode; onClick: () => void; children: string }) {
  return (
    <Menu.Item leftSection={icon} onClick={onClick}>
      {children}
    </Menu.Item>
  );
}
