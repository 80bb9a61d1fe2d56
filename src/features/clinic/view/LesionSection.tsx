import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import type { Morphology } from '../../../core/lesion/morphology/morphology';
import { useLanguage } from '../../../ui/context';
import { formatNumber, formatShare } from '../../../ui/format';
import { HelpTip } from '../../../ui/HelpTip';
import styles from './findings.module.css';
import { Section } from './Section';

/** The lesion that was found or drawn, and its form and colours with what they mean. */
export function LesionSection({ analysis: { lesion } }: { analysis: Analysis }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  if (!lesion) return null;
  const chosen = lesion.chosen === null ? undefined : lesion.lesions[lesion.chosen];
  const share = formatShare(chosen?.share ?? 0, language);
  return (
    <Section heading={t('viewer.lesion.heading')} meaning={t('viewer.lesion.meaning')}>
      <Text size="sm">
        {!chosen && t(`viewer.lesion.${lesion.nothing ?? 'no-candidate'}`)}
        {chosen && !lesion.segmenter && t('viewer.lesion.drawn', { share })}
        {chosen && lesion.segmenter && t('viewer.lesion.found', { share, count: lesion.lesions.length })}
      </Text>
      {lesion.morphology && <Form morphology={lesion.morphology} />}
    </Section>
  );
}

function Form({ morphology: { measurements, diameter, colours, cutOff } }: { morphology: Morphology }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const list = new Intl.ListFormat(language, { type: 'conjunction' });
  const length =
    diameter.millimetres === null
      ? `${formatNumber(diameter.pixels, language)}\u00a0px`
      : `${formatNumber(diameter.millimetres, language, 1)}\u00a0mm`;
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
            <td>{length}</td>
            <td>{t(`viewer.form.diameters.${diameterKey}`)}</td>
          </tr>
        </tbody>
      </table>
      <Text size="sm">
        {t('viewer.form.present', {
          colours: list.format(colours.present.map((colour) => t(`viewer.form.colour.${colour}`))),
        })}
      </Text>
      {cutOff && <Text size="sm">{t('viewer.form.cutOff')}</Text>}
    </>
  );
}
