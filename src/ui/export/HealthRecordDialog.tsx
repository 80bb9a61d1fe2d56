import { Button, Checkbox, Group, Modal, Radio, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { contentsOf, formatsFor, type HealthFormat } from '../../report/health/contents';
import { healthFileName, healthRecordOf } from '../../report/health/export';
import type { HealthWords } from '../../report/health/record';
import type { Exportable } from '../../report/may-leave';
import { useLanguage } from '../context';
import { useOutcome } from '../Outcome';
import { saveFile } from '../save-file';
import { useExportWords } from './use-export-words';

interface Props {
  /** Cleared of what a DICOM file said, unless that was asked for. */
  answer: Exportable;
  onClose: () => void;
}

/** An answer for systems that read FHIR or DICOM: what the file will hold is listed before it is made. */
export function HealthRecordDialog({ answer, onClose }: Props) {
  const { t, i18n } = useTranslation();
  const { language } = useLanguage();
  const words = useExportWords();
  const notify = useOutcome();
  const [format, setFormat] = useState<HealthFormat>('fhir');
  const [photo, setPhoto] = useState(false);
  const [named, setNamed] = useState(false);
  const [busy, setBusy] = useState(false);
  const formats = formatsFor(answer);
  const choice = { format, photo, named };
  const health = i18n.getResource(language, 'translation', 'healthRecord.words') as HealthWords;
  const how = { ...words(), health };
  const name = healthFileName(answer, choice);

  const save = async () => {
    setBusy(true);
    try {
      const made = await healthRecordOf(answer, choice, how);
      if (!made.ok) return notify.failed(t('export.failed'), made.failure);
      saveFile(name, made.value);
      notify.done(t('export.saved', { name }));
      onClose();
    } catch (error) {
      notify.failed(t('export.failed'), { code: 'internal', detail: { reason: String(error) } });
    } finally {
      setBusy(false);
    }
  };

  return (
    <Modal
      closeButtonProps={{ 'aria-label': t('app.dismiss') }}
      opened
      onClose={onClose}
      title={t('healthRecord.heading')}
      size="lg"
    >
      <Stack gap="md">
        <Text size="sm">{t('healthRecord.about')}</Text>
        <Text size="sm">{how.disclaimer[language]}</Text>
        <Radio.Group
          label={t('healthRecord.format')}
          value={format}
          onChange={(value) => setFormat(value as HealthFormat)}
        >
          <Group mt="xs">
            <Radio value="fhir" label={t('healthRecord.fhir')} />
            <Radio value="dicom" label={t('healthRecord.dicom')} disabled={!formats.includes('dicom')} />
          </Group>
        </Radio.Group>
        {!formats.includes('dicom') && <Text size="sm">{t('healthRecord.noDicom')}</Text>}
        <Checkbox
          label={t('healthRecord.withPhoto')}
          checked={photo}
          onChange={(event) => setPhoto(event.currentTarget.checked)}
        />
        {(answer.case?.alias || answer.case?.lesion) && (
          <Checkbox
            label={t('healthRecord.withNames')}
            checked={named}
            onChange={(event) => setNamed(event.currentTarget.checked)}
          />
        )}
        <Table captionSide="top" aria-live="polite">
          <Table.Caption>{t('healthRecord.contentsHeading')}</Table.Caption>
          <Table.Tbody>
            {[...contentsOf(answer, choice, how), { label: t('healthRecord.file'), value: name }].map(
              ({ label, value }) => (
                <Table.Tr key={label}>
                  <Table.Th scope="row" w="30%">
                    {label}
                  </Table.Th>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}>{value}</Table.Td>
                </Table.Tr>
              ),
            )}
          </Table.Tbody>
        </Table>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('healthRecord.cancel')}
          </Button>
          <Button loading={busy} onClick={() => void save()}>
            {t('healthRecord.save')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
