import { Button, Text } from '@mantine/core';
import { IconCircleDashed } from '@tabler/icons-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import { type Morphology, morphology } from '../../../core/lesion/morphology/morphology';
import { type CircleRoi, initialRoi, segmentInRoi } from '../../../core/lesion/seeded-segmentation';
import type { SelfCheckAnswers } from '../model/outcome';
import type { SelfCheckPhoto } from '../model/self-check';
import { AbcdeLetters } from './AbcdeLetters';
import abcde from './abcde.module.css';
import { LesionMarks } from './LesionMarks';
import { RoiCircle, RoiSize } from './RoiCircle';
import styles from './self-check.module.css';
import { usePhotoPixels } from './use-photo-pixels';

interface Props {
  photo: SelfCheckPhoto;
  analysis: Analysis | null;
  answers: SelfCheckAnswers;
}

/**
 * The five things that people are taught to look at, on their own photo. Where a segmenter found an outline,
 * that one; else, or when the person says that it is wrong, the edge inside a ring that they lay around the
 * spot. Nothing of it goes into the outcome.
 */
export function AbcdePanel({ photo, analysis, answers }: Props) {
  const { t } = useTranslation();
  const [corrected, setCorrected] = useState(false);
  const lesion = corrected ? null : analysis?.lesion;
  const byProgram =
    lesion?.mask && analysis ? { mask: lesion.mask, form: lesion.morphology, analysis } : null;
  return (
    <section className={styles.panel} aria-labelledby="abcde">
      <h2 id="abcde">{t('selfCheck.abcde.heading')}</h2>
      {byProgram ? (
        <>
          <div className={abcde.abcdePhoto}>
            <img src={photo.url} alt={t('photo.alt', { name: photo.name })} />
            <LesionMarks mask={byProgram.mask} frame={wholeFrame(byProgram)} />
          </div>
          <Text size="sm">{t('selfCheck.abcde.found')}</Text>
          <Button
            variant="default"
            leftSection={<IconCircleDashed size={20} aria-hidden />}
            onClick={() => setCorrected(true)}
          >
            {t('selfCheck.abcde.correct')}
          </Button>
          <AbcdeLetters form={byProgram.form} guessed={false} answers={answers} />
        </>
      ) : (
        <CircledLesion photo={photo} answers={answers} />
      )}
      <Text size="sm" c="dimmed">
        {t('selfCheck.abcde.meaning')}
      </Text>
    </section>
  );
}

/** The mask of an analysis covers the whole photo. */
function wholeFrame({
  analysis: { photo },
  mask: { width, height },
}: {
  analysis: Analysis;
  mask: { width: number; height: number };
}) {
  return { photo, on: { left: 0, top: 0, width, height } };
}

/** The photo with the person's ring, and what is found in it. */
function CircledLesion({ photo, answers }: { photo: SelfCheckPhoto; answers: SelfCheckAnswers }) {
  const { t } = useTranslation();
  const pixels = usePhotoPixels(photo.url);
  const first = useMemo(() => pixels && initialRoi(pixels), [pixels]);
  const [laid, setLaid] = useState<CircleRoi | null>(null);
  const roi = laid ?? first;
  // The ring follows the finger at once; its outline may come a moment later.
  const settled = useDeferredValue(roi);
  const found = useMemo(() => (pixels && settled ? segmentInRoi(pixels, settled) : null), [pixels, settled]);
  const form = useMemo<Morphology | null>(
    () => found && morphology({ mask: found.mask, pixels: found.pixels, photoPixels: 1 }),
    [found],
  );
  return (
    <>
      <div className={abcde.abcdePhoto}>
        <img src={photo.url} alt={t('photo.alt', { name: photo.name })} draggable={false} />
        {found && <LesionMarks mask={found.mask} frame={found.viewport} />}
        {pixels && roi && <RoiCircle photo={pixels} roi={roi} onMove={setLaid} />}
      </div>
      {pixels && roi && <RoiSize photo={pixels} roi={roi} onMove={setLaid} />}
      {pixels && <Text size="sm">{t(found ? 'selfCheck.abcde.guessed' : 'selfCheck.abcde.noEdge')}</Text>}
      <AbcdeLetters form={form} guessed answers={answers} />
    </>
  );
}
