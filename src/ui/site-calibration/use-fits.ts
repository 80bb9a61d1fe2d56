import { useEffect, useState } from 'react';
import type { Card } from '../../core/card/card';
import { fitsPackage, type SiteCalibration } from '../../core/decision/site-calibration';
import { packageHash } from '../../engine/package/hash';

/** Whether it was made for this very package; null until that is known. */
export function useFits(site: SiteCalibration | undefined, card: Card): boolean | null {
  const [fits, setFits] = useState<boolean | null>(null);
  useEffect(() => {
    let current = true;
    setFits(null);
    if (site)
      void packageHash(card).then((hash) => {
        if (current) setFits(fitsPackage(site, card, hash));
      });
    return () => {
      current = false;
    };
  }, [site, card]);
  return fits;
}
