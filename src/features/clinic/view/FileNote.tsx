import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DicomMetadata } from '../../../engine/input/dicom-metadata';

type Direction = 'A' | 'P' | 'R' | 'L' | 'H' | 'F';

/**
 * What a DICOM file says of its picture: how it lies on the patient, and that it holds others. The patient's
 * facts stand with the facts.
 */
export function FileNote({ dicom: { orientation, frames } }: { dicom: DicomMetadata }) {
  const { t } = useTranslation();
  const towards = (codes = '') =>
    [...codes].map((code) => t(`viewer.file.direction.${code as Direction}`)).join('-');
  const [rows, columns] = orientation?.split('\\') ?? [];
  const notes = [
    orientation &&
      t('viewer.file.orientation', { rows: towards(rows), columns: towards(columns), code: orientation }),
    frames > 1 && t('viewer.file.frames', { count: frames }),
  ].filter((note) => typeof note === 'string');
  if (notes.length === 0) return null;
  return (
    <Text size="sm" c="dimmed">
      {t('viewer.file.says')} {notes.join(' ')}
    </Text>
  );
}
