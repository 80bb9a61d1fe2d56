import { useMemo } from 'react';
import { encode } from 'uqr';

/** Light modules around a code, as the standard asks for. */
const quiet = 4;

/**
 * A text as a QR code (ISO/IEC 18004), a square of black modules on white in every colour scheme: many phones read no
 * other. Level M: a code that is partly hidden by a reflection can still be read.
 */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => modulesOf(text), [text]);
  return (
    <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <path fill="#fff" d={`M0 0h${size}v${size}h-${size}z`} />
      <path fill="#000" d={path} />
    </svg>
  );
}

function modulesOf(text: string): { size: number; path: string } {
  const { data, size } = encode(text, { ecc: 'M', border: quiet });
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return { size, path };
}
