import { Modal } from '@mantine/core';
import { useViewportSize } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Size } from '../../../../core/geometry';
import { answerOf } from '../../../../runtime/run';
import { type PairedPhoto, PhotoPair } from '../../../../ui/viewer/PhotoPair';
import type { WorkbenchPhoto } from '../../model/workbench-photo';
import { useWorkbench } from '../context';

interface Props {
  first: WorkbenchPhoto;
  second: WorkbenchPhoto;
  onClose: () => void;
}

/** Two photos of the queue at the same zoom and place, their lesions on each other where both were found. */
export function BesideDialog({ first, second, onClose }: Props) {
  const { t } = useTranslation();
  const { height } = useViewportSize();
  const pair = [usePaired(first), usePaired(second)] as const;
  return (
    <Modal
      opened
      onClose={onClose}
      size="min(90rem, 96vw)"
      title={t('pane.beside.heading')}
      transitionProps={{ duration: 120 }}
      closeButtonProps={{ 'aria-label': t('app.dismiss') }}
    >
      {pair[0] && pair[1] && <PhotoPair first={pair[0]} second={pair[1]} maxHeight={0.65 * height} />}
    </Modal>
  );
}

/** Null until the photo's size is known. */
function usePaired(photo: WorkbenchPhoto): PairedPhoto | null {
  const packageId = useWorkbench((state) => state.packageId);
  const size = useImageSize(photo.url);
  if (!size) return null;
  const lesion = answerOf(photo.runs[packageId ?? ''])?.lesion;
  return {
    ...size,
    scale: photo.scale,
    centre: lesion?.lesions[lesion.chosen ?? -1]?.centroid ?? null,
    name: photo.name,
    url: photo.url,
    caption: photo.name,
  };
}

/** The size of an image in pixels, upright, once it is read. */
function useImageSize(url: string | null): Size | null {
  const [size, setSize] = useState<Size | null>(null);
  useEffect(() => {
    if (url === null) return;
    const image = new Image();
    image.onload = () => setSize({ width: image.naturalWidth, height: image.naturalHeight });
    image.src = url;
    return () => {
      image.onload = null;
    };
  }, [url]);
  return size;
}
