import { Badge, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Photo } from '../../cases/workbench';
import { answerOf } from '../../cases/workbench-photo';
import type { Analysis } from '../../core/analysis';
import type { Card } from '../../core/card';
import { centreSquare } from '../../core/fit';
import { ActivationOverlay } from '../../ui/ActivationOverlay';
import { useLanguage } from '../../ui/context';
import { PhotoStage } from '../../ui/PhotoStage';
import styles from './clinic.module.css';
import { type MapChoice, MapControls } from './MapControls';

interface Props {
  photo: Photo;
  card: Card | null;
}

/** The photo on its dark ground, with the square and the map, and what can be done with it below. */
export function PhotoPane({ photo, card }: Props) {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const analysis = answerOf(card ? photo.runs[card.id] : undefined);
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
        {photo.url !== null && (
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
        )}
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
        <Text size="sm" truncate title={photo.name} className={styles.file}>
          {photo.name}
        </Text>
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
