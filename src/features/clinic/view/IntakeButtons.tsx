import { ActionIcon, Button, FileButton, Group, Tooltip } from '@mantine/core';
import { IconCamera, IconFolderOpen, IconPhotoPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayBePhoto } from '../../../core/image/file-names';
import type { Domain } from '../../../core/quality/limits';
import { photoTypes } from '../../../ui/dropped-files';
import { useFolderInput } from '../../../ui/use-folder-input';
import type { PhotoSource } from '../model/workbench-photo';
import { CaptureDialog } from './CaptureDialog';

interface Props {
  /** The kind of photo that the chosen model is made for: the camera's guidance goes by it. */
  domain: Domain;
  /** Words beside the icons: on the empty page. */
  large?: boolean;
  onFiles: (files: readonly File[], source: PhotoSource) => void;
}

/** By folder and name, as a file manager lists them: a browser hands them over as the disk has them. */
const photosOfFolder = (files: readonly File[]) =>
  files
    .filter(({ name }) => mayBePhoto(name))
    .sort((a, b) => a.webkitRelativePath.localeCompare(b.webkitRelativePath, undefined, { numeric: true }));

/** Photos from the disk, a whole folder, or the camera. */
export function IntakeButtons({ domain, large = false, onFiles }: Props) {
  const { t } = useTranslation();
  const [camera, setCamera] = useState(false);
  const folder = useFolderInput((files) => onFiles(photosOfFolder(files), 'file'), t('photo.folder'));
  const others = [
    { key: 'folder', label: t('photo.folder'), Icon: IconFolderOpen, run: folder.choose },
    { key: 'camera', label: t('photo.camera'), Icon: IconCamera, run: () => setCamera(true) },
  ];
  return (
    <Group gap={large ? 'xs' : 4} justify={large ? 'center' : 'flex-start'} wrap={large ? 'wrap' : 'nowrap'}>
      <FileButton
        multiple
        accept={photoTypes}
        onChange={(files) => files.length > 0 && onFiles(files, 'file')}
      >
        {(props) => (
          <Button
            {...props}
            data-shortcut="open"
            size={large ? 'md' : 'sm'}
            px={large ? undefined : 'sm'}
            leftSection={<IconPhotoPlus size={18} aria-hidden />}
          >
            {t(large ? 'photo.choose' : 'photo.another')}
          </Button>
        )}
      </FileButton>
      {others.map(({ key, label, Icon, run }) =>
        large ? (
          <Button
            key={key}
            data-shortcut={key}
            size="md"
            variant="default"
            leftSection={<Icon size={18} aria-hidden />}
            onClick={run}
          >
            {label}
          </Button>
        ) : (
          <Tooltip key={key} label={label}>
            <ActionIcon size={36} variant="default" data-shortcut={key} aria-label={label} onClick={run}>
              <Icon size={18} aria-hidden />
            </ActionIcon>
          </Tooltip>
        ),
      )}
      {folder.input}
      <CaptureDialog
        opened={camera}
        domain={domain}
        onClose={() => setCamera(false)}
        onPhoto={({ blob }) => {
          setCamera(false);
          onFiles([new File([blob], t('photo.cameraName'), { type: blob.type })], 'camera');
        }}
      />
    </Group>
  );
}
