import { Button, FileButton, Group, Image, Loader, Stack, Text } from '@mantine/core';
import { IconCamera, IconPhoto, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { CameraView } from '../../../ui/camera/CameraView';
import { useLanguage, useServices } from '../../../ui/context';
import { FailureNotice } from '../../../ui/FailureNotice';
import { formatBytes } from '../../../ui/format';
import { StageProgress } from '../../../ui/StageProgress';
import type { SelfCheck } from '../model/self-check';
import { Question } from './Question';
import styles from './self-check.module.css';
import { useCard, useDownload } from './use-card';

/**
 * The photo: by camera or from a file, looked at once more, and only then the model, with its size named
 * first.
 */
export function PhotoStep({ check }: { check: SelfCheck }) {
  const { t } = useTranslation();
  const { path, photo, unreadable } = useStore(check.store);
  const [camera, setCamera] = useState(false);
  const acne = path === 'acne';
  if (photo) return <PhotoTaken check={check} />;
  const refusal = unreadable && (
    <FailureNotice failure={unreadable} heading={t('selfCheck.photo.unreadable')} />
  );
  if (camera) {
    return (
      <Question heading={t(acne ? 'acne.photo.heading' : 'selfCheck.photo.heading')}>
        <CameraView
          domain={acne ? 'acne' : 'phone'}
          onCancel={() => setCamera(false)}
          onPhoto={({ blob }) => {
            setCamera(false);
            void check.takePhoto(blob, { name: t('selfCheck.photo.fromCamera'), source: 'camera' });
          }}
        />
        {refusal}
        <UploadButton check={check} variant="subtle" />
      </Question>
    );
  }
  return (
    <Question
      heading={t(acne ? 'acne.photo.heading' : 'selfCheck.photo.heading')}
      help={t(acne ? 'acne.photo.help' : 'selfCheck.photo.help')}
    >
      <ul className={styles.tips}>
        {(['light', 'distance', 'sharp'] as const).map((tip) => (
          <li key={tip}>{t(acne ? `acne.photo.${tip}` : `selfCheck.photo.${tip}`)}</li>
        ))}
      </ul>
      {refusal}
      <Stack gap="sm">
        <Button size="lg" fullWidth leftSection={<IconCamera aria-hidden />} onClick={() => setCamera(true)}>
          {t('selfCheck.photo.camera')}
        </Button>
        <UploadButton check={check} variant="default" />
        {!acne && (
          <Button size="lg" fullWidth variant="subtle" onClick={check.next}>
            {t('selfCheck.photo.without')}
          </Button>
        )}
      </Stack>
      <Text size="sm" c="dimmed" ta="center">
        {t('selfCheck.photo.private')}
      </Text>
    </Question>
  );
}

function UploadButton({ check, variant }: { check: SelfCheck; variant: string }) {
  const { t } = useTranslation();
  return (
    // Phones turn HEIC into JPEG where it is not asked for; desktops hand it over, and it is read here.
    <FileButton
      accept="image/jpeg,image/png,image/webp,image/heic,image/heif"
      onChange={(file) => file && void check.takePhoto(file, { name: file.name, source: 'file' })}
    >
      {(props) => (
        <Button {...props} size="lg" fullWidth variant={variant} leftSection={<IconPhoto aria-hidden />}>
          {t('selfCheck.photo.upload')}
        </Button>
      )}
    </FileButton>
  );
}

/** The photo as it is, the size of what has to be fetched, and the way on. */
function PhotoTaken({ check }: { check: SelfCheck }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { runtime } = useServices();
  const { path, photo, run } = useStore(check.store);
  const { card, list } = useCard(path ?? 'lesion');
  const bytes = useDownload(card);
  if (!photo) return null;
  const again = () => card && void check.check(card);
  const download = bytes > 0 ? t('selfCheck.download.size', { size: formatBytes(bytes, language) }) : null;
  return (
    <Question
      heading={t(path === 'acne' ? 'acne.photo.looked' : 'selfCheck.photo.looked')}
      help={t('selfCheck.photo.lookedHelp')}
    >
      <Image
        className={styles.taken}
        src={photo.url}
        alt={t('photo.alt', { name: photo.name })}
        radius="lg"
      />
      {run?.state === 'running' && card && (
        <StageProgress progress={run.progress} onCancel={() => check.cancel(card)} />
      )}
      {run?.state === 'failed' && (
        <FailureNotice
          failure={run.failure}
          heading={t('answer.failedHeading')}
          action={{ label: t('answer.retry'), run: again }}
        />
      )}
      {run?.state !== 'running' && (
        <Stack gap="sm">
          {list.state === 'pending' && (
            <Group gap="sm" role="status">
              <Loader size="xs" />
              <Text>{t('model.listWaiting')}</Text>
            </Group>
          )}
          {list.state === 'failed' && (
            <FailureNotice
              failure={list.failure}
              heading={t('model.listFailed')}
              action={{ label: t('model.retry'), run: () => void runtime.refresh() }}
            />
          )}
          {list.state === 'ready' && !card && <Text>{t('selfCheck.download.missing')}</Text>}
          {card && run?.state !== 'failed' && (
            <>
              {download && <Text ta="center">{download}</Text>}
              <Button size="lg" fullWidth onClick={again}>
                {t(download ? 'selfCheck.download.start' : 'selfCheck.photo.check')}
              </Button>
            </>
          )}
          <Button
            size="lg"
            fullWidth
            variant="default"
            leftSection={<IconRefresh size={20} aria-hidden />}
            onClick={check.removePhoto}
          >
            {t('selfCheck.photo.another')}
          </Button>
          {path === 'lesion' && (!card || run?.state === 'failed') && (
            <Button size="lg" fullWidth variant="subtle" onClick={check.next}>
              {t('selfCheck.photo.without')}
            </Button>
          )}
        </Stack>
      )}
    </Question>
  );
}
