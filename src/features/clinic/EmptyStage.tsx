import { Button, FileButton, Group } from '@mantine/core';
import { IconPhotoPlus, IconSparkles } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './clinic.module.css';
import { photoTypes } from './photo-types';

interface Props {
  onFiles: (files: File[]) => void;
  onSample: () => void;
}

/** The dark ground before there is a photo: what to do, and a made-up picture for who has none at hand. */
export function EmptyStage({ onFiles, onSample }: Props) {
  const { t } = useTranslation();
  return (
    <div className={styles.ground}>
      <div className={styles.target}>
        <IconPhotoPlus size={56} stroke={1} aria-hidden />
        <h2>{t('photo.dropHere')}</h2>
        <p>{t('photo.dropHint')}</p>
        <Group justify="center" gap="sm">
          <FileButton accept={photoTypes} onChange={(file) => file && onFiles([file])}>
            {(props) => (
              <Button {...props} size="md">
                {t('photo.choose')}
              </Button>
            )}
          </FileButton>
          <Button
            size="md"
            variant="default"
            leftSection={<IconSparkles size={18} aria-hidden />}
            onClick={onSample}
          >
            {t('photo.sample')}
          </Button>
        </Group>
        <p className={styles.stays}>{t('photo.stays')}</p>
      </div>
    </div>
  );
}
