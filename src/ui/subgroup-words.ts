import { useTranslation } from 'react-i18next';
import { isSite } from '../core/patient/body-sites';
import { useLanguage } from './context';
import { formatNumber } from './format';

const fields = [
  'age',
  'sex',
  'site',
  'fitzpatrick',
  'skinTone',
  'source',
  'set',
  'domain',
  'magnification',
] as const;
/** Bands of the individual typology angle. */
const skinTones = ['very-light', 'light', 'intermediate', 'tan', 'brown', 'dark'] as const;
const kinds = ['derm', 'phone', 'acne', 'histology'] as const;
const limbs = ['trunk', 'arm', 'leg'] as const;

/**
 * The parts of the images that figures are given for, in words. What is not known here stays as the card or
 * the table has it.
 */
export function useSubgroupWords(): {
  fieldName: (field: string) => string;
  valueName: (field: string, value: string) => string;
} {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const years = (value: string) => {
    const band = /^(\d+)-(\d+)$/.exec(value);
    if (band) return t('subgroup.years', { low: band[1], high: band[2] });
    const open = /^(\d+)\+$/.exec(value);
    return open ? t('subgroup.yearsUp', { low: open[1] }) : value;
  };
  return {
    fieldName: (field) => {
      const known = fields.find((candidate) => candidate === (field === 'region' ? 'site' : field));
      return known ? t(`subgroup.field.${known}`) : field;
    },
    valueName: (field, value) => {
      if (value === 'unknown') return t('subgroup.unknown');
      if (field === 'age') return years(value);
      if (value === 'female' || value === 'male') return t(`facts.${value}`);
      if (field === 'fitzpatrick' && Number(value) > 0) {
        return t('subgroup.skinType', { type: formatNumber(Number(value), language) });
      }
      const tone = field === 'skinTone' && skinTones.find((tone) => tone === value);
      if (tone) return t(`subgroup.skinTone.${tone}`);
      const kind = kinds.find((kind) => kind === value);
      if (kind) return t(`subgroup.kind.${kind}`);
      const limb = limbs.find((limb) => limb === value);
      // Phone photos are told apart by trunk, arm and leg; an arm of theirs is the whole limb.
      if (field === 'region' && limb) return t(`subgroup.limb.${limb}`);
      return isSite(value) ? t(`report.site.${value}`) : value;
    },
  };
}
