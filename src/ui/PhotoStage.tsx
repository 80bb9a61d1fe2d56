import { IconPhotoOff } from '@tabler/icons-react';
import { type CSSProperties, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Square } from '../core/analysis';
import styles from './PhotoStage.module.css';

export interface PhotoSize {
  width: number;
  height: number;
}

interface Props {
  url: string;
  name: string;
  /** What the model looks at, in pixels of the upright photo; null draws none. */
  square: ((photo: PhotoSize) => Square) | null;
  /** Laid over the square, and stretched to fill it. */
  children?: ReactNode;
}

/** The photo, upright and as large as there is room, with the square that the model sees. */
export function PhotoStage({ url, name, square, children }: Props) {
  const { t } = useTranslation();
  const [size, setSize] = useState<PhotoSize | 'unreadable' | null>(null);
  if (size === 'unreadable') {
    return (
      <div className={styles.stage}>
        <div className={styles.unreadable}>
          <IconPhotoOff size={48} stroke={1.25} aria-hidden />
          {t('photo.unreadable', { name })}
        </div>
      </div>
    );
  }
  const seen = size && square ? square(size) : null;
  return (
    <figure className={styles.stage}>
      <div className={styles.frame} style={ratio(size)}>
        <img
          className={styles.photo}
          src={url}
          alt={t('photo.alt', { name })}
          hidden={size === null}
          onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) =>
            setSize({ width, height })
          }
          onError={() => setSize('unreadable')}
        />
        {size && seen && <Marks size={size} square={seen} />}
        {size && seen && (
          <div className={styles.inside} style={placeOf(seen, size)}>
            {children}
          </div>
        )}
      </div>
    </figure>
  );
}

function Marks({
  size: { width, height },
  square: { left, top, side },
}: {
  size: PhotoSize;
  square: Square;
}) {
  const { t } = useTranslation();
  return (
    <svg
      className={styles.marks}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={t('photo.square')}
    >
      <path
        className={styles.outside}
        fillRule="evenodd"
        d={`M0 0H${width}V${height}H0ZM${left} ${top}h${side}v${side}h${-side}Z`}
      />
      <rect className={styles.square} x={left} y={top} width={side} height={side} />
    </svg>
  );
}

const ratio = (size: PhotoSize | null) =>
  ({ '--ratio': size ? size.width / size.height : 1 }) as CSSProperties;

function placeOf({ left, top, side }: Square, { width, height }: PhotoSize): CSSProperties {
  const percent = (part: number, whole: number) => `${(100 * part) / whole}%`;
  return {
    left: percent(left, width),
    top: percent(top, height),
    width: percent(side, width),
    height: percent(side, height),
  };
}
