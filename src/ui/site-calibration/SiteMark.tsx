import { IconBuildingHospital } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SiteCalibration } from '../../core/decision/site-calibration';

interface Props {
  /** What judged the answer in place of the package's own calibration; null where that did. */
  site: SiteCalibration | null;
  /** In words: where nobody can point at a sign to learn its name. */
  inWords?: boolean;
}

/**
 * That an answer is by a calibration of this site, and by which: a sign for rows and cells, beside each answer
 * that it holds for and no other.
 */
export function SiteMark({ site, inWords = false }: Props) {
  const { t } = useTranslation();
  if (!site) return null;
  const name = t('siteMark', { name: site.name });
  if (inWords) return <span>{name}</span>;
  return (
    <span role="img" aria-label={name} title={name} style={{ flex: 'none' }}>
      <IconBuildingHospital size={14} stroke={1.75} aria-hidden style={{ verticalAlign: '-0.15em' }} />
    </span>
  );
}
