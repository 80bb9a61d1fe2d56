import { type CSSProperties, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { contours } from '../../../core/lesion/outline';
import type { Raster } from '../../../core/raster';
import { ActivationOverlay } from '../../../ui/ActivationOverlay';
import { type ExplanationStep, saliencyMap } from '../model/explanation';
import styles from './explanation.module.css';

interface Props {
  url: string;
  /** Null as long as there is no answer: the bare photo. */
  analysis: Analysis | null;
  card: Card;
  step: ExplanationStep;
}

/**
 * A photo as a stage sees it: bare, with the outline found, or with where the network looked. As large as
 * there is room.
 */
export function StepPicture({ url, analysis, card, step }: Props) {
  const { t } = useTranslation();
  const size = analysis?.photo ?? null;
  const ratio = size ? size.width / size.height : 4 / 3;
  const mask = step === 'mask' ? (analysis?.lesion?.mask ?? null) : null;
  const saliency = analysis && step === 'attention' ? saliencyMap(card, analysis) : null;
  return (
    <div className={styles.ground}>
      <div className={styles.frame} style={{ '--ratio': ratio } as CSSProperties}>
        <img src={url} alt={t('kiosk.pictureAlt')} draggable={false} />
        {mask && <Outline mask={mask} />}
        {analysis && saliency && (
          <div className={styles.square} style={squareStyle(analysis)}>
            <ActivationOverlay {...saliency} opacity={0.75} label={t('kiosk.saliencyAlt')} />
          </div>
        )}
        {analysis && step === 'answer' && <div className={styles.square} style={squareStyle(analysis)} />}
      </div>
    </div>
  );
}

/** The rest of the photo darkened, and a line around what was found. */
function Outline({ mask }: { mask: Raster }) {
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
      <path className={styles.outside} fillRule="evenodd" d={`M0 0H${width}V${height}H0Z${path}`} />
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
