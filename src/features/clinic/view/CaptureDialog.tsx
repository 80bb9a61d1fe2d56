import { Modal } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { Domain } from '../../../core/quality/limits';
import { CameraView } from '../../../ui/camera/CameraView';
import type { CameraPhoto } from '../../../ui/camera/frames';

interface Props {
  opened: boolean;
  domain: Domain;
  onPhoto: (photo: CameraPhoto) => void;
  onClose: () => void;
}

/**
 * The viewfinder in a dialog, for a screen that has a place of its own for the photo. The camera is off while
 * it is closed.
 */
export function CaptureDialog({ opened, domain, onPhoto, onClose }: Props) {
  const { t } = useTranslation();
  const small = useMediaQuery('(max-width: 40em)');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('camera.dialog')}
      fullScreen={small}
      size="lg"
      centered
      transitionProps={{ duration: 120 }}
      closeButtonProps={{ 'aria-label': t('camera.cancel') }}
    >
      <CameraView domain={domain} onPhoto={onPhoto} onCancel={onClose} />
    </Modal>
  );
}
