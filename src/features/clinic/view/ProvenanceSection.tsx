import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import { formatDate } from '../../../core/date-locale';
import { useLanguage } from '../../../ui/context';
import { formatDuration } from '../../../ui/format';
import styles from './answer.module.css';
import { FactList } from './FactList';

/** How the answer came about: time by stage, back end, package. */
export function ProvenanceSection({ analysis }: { analysis: Analysis }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { provenance, timings, photo, square } = analysis;
  const adapter =
    provenance.backend === 'webgpu' ? `${t('backend.webgpu')}, ${provenance.adapter}` : provenance.adapter;
  const stages = [
    ['decode', timings.decode],
    ['resize', timings.resize],
    ['lesion', analysis.lesion?.milliseconds ?? null],
    ['network', timings.network],
    ['total', timings.total],
  ] as const;
  const facts: [string, string][] = [
    [t('answer.package'), `${provenance.packageId} ${provenance.packageVersion}`],
    [t('answer.computedOn'), adapter],
    [t('answer.photoSize'), t('answer.photoSizeValue', { ...photo })],
    [t('answer.squareSize'), t('answer.squareSizeValue', { ...square })],
    [
      t('answer.createdAt'),
      formatDate(analysis.createdAt, language, { dateStyle: 'medium', timeStyle: 'medium' }),
    ],
    [t('answer.hash'), `${provenance.packageHash.slice(0, 16)}…`],
  ];
  return (
    <section>
      <Title order={4} size="sm" className={styles.heading}>
        {t('answer.provenance')}
      </Title>
      <dl className={styles.timings}>
        {stages.map(
          ([stage, time]) =>
            time !== null && (
              <div key={stage}>
                <dt>{t(`timing.${stage}`)}</dt>
                <dd>{formatDuration(time, language)}</dd>
              </div>
            ),
        )}
      </dl>
      <FactList facts={facts} />
    </section>
  );
}
