import { ActionIcon, Badge, Button, FileButton, Group, Text, Tooltip } from '@mantine/core';
import { IconPhotoPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Photo } from '../../cases/workbench';
import type { Analysis } from '../../core/analysis';
import type { Card } from '../../core/card';
import { centreSquare } from '../../core/fit';
import { ActivationOverlay } from '../../ui/ActivationOverlay';
import { useLanguage, useServices } from '../../ui/context';
import { PhotoStage } from '../../ui/PhotoStage';
import styles from './clinic.module.css';
import { type MapChoice, MapControls } from './MapControls';
import { photoTypes } from './photo-types';

interface Props {
  photo: Photo;
  card: Card | null;
  analysis: Analysis | null;
  onFiles: (files: File[]) => void;
}

/** The photo on its dark ground, with the square and the map, and what can be done with it below. */
export function PhotoPane({ photo, card, analysis, onFiles }: Props) {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const { workbench } = useServices();
  const [map, setMap] = useState<MapChoice>({ shown: false, classId: null, opacity: 0.7 });
  const maps = analysis?.activation ?? null;
  const plane =
    maps?.planes.find(({ classId }) => classId === (map.classId ?? mostProbable(analysis))) ??
    maps?.planes[0];
  const className = card?.classes.find(({ id }) => id === plane?.classId)?.name;
  const seen = analysis
    ? () => analysis.square
    : (size: { width: number; height: number }) => centreSquare(size.width, size.height);
  return (
    <>
      <div className={styles.ground}>
        <PhotoStage
          key={photo.url}
          url={photo.url}
          name={photo.name}
          square={card?.input.fit === 'centre-square' ? seen : null}
        >
          {map.shown && maps && plane && (
            <ActivationOverlay
              width={maps.width}
              height={maps.height}
              values={plane.values}
              opacity={map.opacity}
              label={t('map.alt', { name: className ? read(className) : plane.classId })}
            />
          )}
        </PhotoStage>
        {photo.synthetic && (
          <p className={styles.synthetic}>
            <Badge color="gray" variant="filled" radius="sm" autoContrast>
              {t('photo.syntheticShort')}
            </Badge>
            <span className={styles.syntheticText}>{t('photo.synthetic')}</span>
          </p>
        )}
      </div>
      <div className={styles.toolbar}>
        <Group gap="xs" wrap="nowrap" className={styles.file}>
          <FileButton accept={photoTypes} onChange={(file) => file && onFiles([file])}>
            {(props) => (
              <Button
                {...props}
                size="sm"
                variant="default"
                leftSection={<IconPhotoPlus size={18} aria-hidden />}
              >
                {t('photo.another')}
              </Button>
            )}
          </FileButton>
          <Tooltip label={t('photo.remove')}>
            <ActionIcon
              size="lg"
              variant="default"
              aria-label={t('photo.remove')}
              onClick={() => workbench.clear()}
            >
              <IconTrash size={18} aria-hidden />
            </ActionIcon>
          </Tooltip>
          <Text size="sm" truncate title={photo.name}>
            {photo.name}
          </Text>
        </Group>
        {maps && plane && card && (
          <MapControls maps={maps} card={card} classId={plane.classId} choice={map} onChange={setMap} />
        )}
      </div>
    </>
  );
}

function mostProbable(analysis: Analysis | null): string | undefined {
  return analysis?.probabilities.reduce((best, one) => (one.calibrated > best.calibrated ? one : best)).id;
}
