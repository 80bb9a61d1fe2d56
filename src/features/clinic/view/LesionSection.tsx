import { Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import type { Morphology } from '../../../core/lesion/morphology/morphology';
import { useLanguage } from '../../../ui/context';
import { formatNumber, formatShare } from '../../../ui/format';
import { HelpTip } from '../../../ui/HelpTip';
import { FoldingSection } from './FoldingSection';
import styles from './findings.module.css';

interface Props {
  analysis: Analysis;
  /** What the outline changed. */
  children?: ReactNode;
}

/** The lesion that was found or drawn, and its form and colours with what they mean; folded, its ABCD. */
export function LesionSection({ analysis: { lesion }, children }: Props) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const abcd = useAbcd();
  if (!lesion) return null;
  const chosen = lesion.chosen === null ? undefined : lesion.lesions[lesion.chosen];
  const share = formatShare(chosen?.share ?? 0, language);
  const nothing = t(`viewer.lesion.${lesion.nothing ?? 'no-candidate'}`);
  const { morphology } = lesion;
  return (
    <FoldingSection
      id="lesion"
      heading={t('viewer.lesion.heading')}
      meaning={t('viewer.lesion.meaning')}
      essence={morphology ? abcd(morphology) : !chosen && nothing}
      warnings={
        morphology?.cutOff && (
          <ul className={styles.warnings}>
            <li>
              <IconAlertTriangle size={16} aria-hidden />
              <Text size="sm">{t('viewer.form.cutOff')}</Text>
            </li>
          </ul>
        )
      }
    >
      <div>
        <Text size="sm">
          {!chosen && nothing}
          {chosen && !lesion.segmenter && t('viewer.lesion.drawn', { share })}
          {chosen && lesion.segmenter && t('viewer.lesion.found', { share, count: lesion.lesions.length })}
        </Text>
        {children}
        {morphology && <Form morphology={morphology} />}
      </div>
    </FoldingSection>
  );
}

/** What stands behind a value that is higher than in 3 of 4, and in 19 of 20 moles. */
const signs = { usual: '', raised: ' ↑', marked: ' ↑↑' };

/** Asymmetry, border, colours and diameter in a line. */
function useAbcd() {
  const { language } = useLanguage();
  const diameterOf = useDiameter();
  return ({ measurements, diameter }: Morphology) => {
    const value = (measure: string, digits: number) => {
      const found = measurements.find((measurement) => measurement.measure === measure);
      return found && `${formatNumber(found.value, language, digits)}${signs[found.level]}`;
    };
    return [
      ['A', value('asymmetry', 2)],
      ['B', value('compactness', 2)],
      ['C', value('colours', 0)],
      ['D', diameterOf(diameter)],
    ]
      .flatMap(([letter, text]) => (text ? `${letter}\u00a0${text}` : []))
      .join(' · ');
  };
}

function useDiameter() {
  const { language } = useLanguage();
  return ({ millimetres, pixels }: Morphology['diameter']) =>
    millimetres === null
      ? `${formatNumber(pixels, language)}\u00a0px`
      : `${formatNumber(millimetres, language, 1)}\u00a0mm`;
}

function Form({ morphology: { measurements, diameter, colours } }: { morphology: Morphology }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const diameterOf = useDiameter();
  const list = new Intl.ListFormat(language, { type: 'conjunction' });
  const diameterKey = diameter.key.replace('morphology.diameter.', '') as
    | 'no-scale'
    | 'under-6-mm'
    | '6-mm-or-more';
  return (
    <>
      <table className={styles.figures} aria-label={t('viewer.form.heading')}>
        <thead>
          <tr>
            <th scope="col">{t('viewer.form.measure')}</th>
            <th scope="col">{t('viewer.form.value')}</th>
            <th scope="col">{t('viewer.form.amongMoles')}</th>
          </tr>
        </thead>
        <tbody>
          {measurements.map(({ measure, value, level }) => (
            <tr key={measure}>
              <th scope="row">
                {t(`viewer.form.${measure}`)}
                <HelpTip subject={t(`viewer.form.${measure}`)}>{t(`viewer.form.${measure}-meaning`)}</HelpTip>
              </th>
              <td>{formatNumber(value, language, measure === 'colours' ? 0 : 2)}</td>
              <td data-level={level}>{t(`viewer.form.level.${level}`)}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">{t('viewer.form.diameter')}</th>
            <td>{diameterOf(diameter)}</td>
            <td>{t(`viewer.form.diameters.${diameterKey}`)}</td>
          </tr>
        </tbody>
      </table>
      <Text size="sm">
        {t('viewer.form.present', {
          colours: list.format(colours.present.map((colour) => t(`viewer.form.colour.${colour}`))),
        })}
      </Text>
    </>
  );
}
