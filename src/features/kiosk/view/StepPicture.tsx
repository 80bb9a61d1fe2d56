import { type CSSProperties, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { contours } from '../../../core/lesion/outline';
import type { LesionPlace } from '../../../core/quality/guidance';
import type { Raster } from '../../../core/raster';
import { ActivationOverlay } from '../../../ui/ActivationOverlay';
import { type ExplanationStep, saliencyMap } from '../model/explanation';
import styles from './explanation.module.css';

interface Props {
  url: string;
  /** Null as long as there is no answer: the bare photo. */
  analysis: Analysis | null;
  card: Card;
  /** `reveal`: outline and map at once, as far as there are such. */
  step: ExplanationStep | 'reveal';
  /** Where the spot of a frame of the camera is. */
  spot?: LesionPlace | null;
}

/**
 * A photo as a stage sees it: bare, with the outline found, or with where the network looked. As large as
 * there is room.
 */
export function StepPicture({ url, analysis, card, step, spot = null }: Props) {
  const { t } = useTranslation();
  const size = analysis?.photo ?? null;
  const ratio = size ? size.width / size.height : 4 / 3;
  const revealed = step === 'reveal';
  const mask = step === 'mask' || revealed ? (analysis?.lesion?.mask ?? null) : null;
  const saliency = analysis && (step === 'attention' || revealed) ? saliencyMap(card, analysis, spot) : null;
  return (
    <div className={styles.ground}>
      <div className={styles.frame} style={{ '--ratio': ratio } as CSSProperties}>
        <img
          src={url}
          alt={t('kiosk.pictureAlt')}
          draggable={false}
          data-sized={size !== null || undefined}
        />
        {analysis && saliency && (
          <div className={styles.square} style={squareStyle(analysis)}>
            <ActivationOverlay {...saliency} opacity={revealed ? 0.5 : 0.75} label={t('kiosk.saliencyAlt')} />
          </div>
        )}
        {mask && <Outline mask={mask} lineOnly={revealed} />}
        {analysis && step === 'answer' && <div className={styles.square} style={squareStyle(analysis)} />}
      </div>
    </div>
  );
}

/** A line around what was found, with the rest of the photo darkened unless something else lies over it. */
function Outline({ mask, lineOnly }: { mask: Raster; lineOnly: boolean }) {
  const { t } = useTranslation();
  const path = useMemo(
    () =>
      contours(mask)
        .map((polygon) => `M${polygon.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`)
        .join(''),
    [mask],
  );
  const { width, height } = mask;
  return (
    <svg
      className={styles.overlay}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={t('kiosk.maskAlt')}
    >
      {!lineOnly && (
        <path className={styles.outside} fillRule="evenodd" d={`M0 0H${width}V${height}H0Z${path}`} />
      )}
      <path className={styles.line} d={path} />
    </svg>
  );
}

function squareStyle({ photo, square: { left, top, side } }: Analysis): CSSProperties {
  const percent = (part: number, whole: number) => `${(100 * part) / whole}%`;
  return {
    left: percent(left, photo.width),
    top: percent(top, photo.height),
    width: percent(side, photo.width),
    height: percent(side, photo.height),
  };
}
