import { useEffect, useRef } from 'react';
import { paintMap } from '../core/image/activation-picture';

/** Pixels a side that the coarse map is painted with; the browser scales it to the photo. */
const resolution = 224;

interface Props {
  width: number;
  height: number;
  /** One class's map, row by row. */
  values: Float32Array;
  /** 0 to 1. */
  opacity: number;
  label: string;
}

/** A class activation map over whatever it lies on. */
export function ActivationOverlay({ width, height, values, opacity, label }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const picture = new ImageData(paintMap(values, width, height, resolution), resolution, resolution);
    canvas.current?.getContext('2d')?.putImageData(picture, 0, 0);
  }, [values, width, height]);
  return (
    <canvas
      ref={canvas}
      width={resolution}
      height={resolution}
      role="img"
      aria-label={label}
      style={{ width: '100%', height: '100%', opacity }}
    />
  );
}
