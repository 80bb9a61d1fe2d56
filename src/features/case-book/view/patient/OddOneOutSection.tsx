import { Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  minLesions,
  type OddOneOut,
  oddOneOutMeasured,
  type Standing,
} from '../../../../core/decision/odd-one-out';
import { useLanguage, useServices } from '../../../../ui/context';
import { formatNumber, formatShare } from '../../../../ui/format';
import type { NumberedCase } from '../../model/patient';
import styles from './patient.module.css';

interface Props {
  numbered: readonly NumberedCase[];
  found: OddOneOut;
}

/** Which lesion looks least like the patient's others, said only as that. */
export function OddOneOutSection({ numbered, found }: Props) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const { runtime } = useServices();
  const { lesions: measured, farthest, falselyNamed } = oddOneOutMeasured;
  const share = (of: number) => formatShare(of, language, 0);
  const { packageId, standings, compared, left } = found;
  const card = packageId === null ? null : runtime.card(packageId);
  return (
    <section aria-label={t('patientPage.oddOneOut.heading')}>
      <Title order={3} size="sm" mb="xs">
        {t('patientPage.oddOneOut.heading')}
      </Title>
      {standings === null ? (
        <Text size="sm">{t('patientPage.oddOneOut.few', { least: minLesions, count: compared })}</Text>
      ) : (
        <>
          <Standings numbered={numbered} standings={standings} />
          {left.length > 0 && (
            <Text size="sm">{t('patientPage.oddOneOut.left', { count: left.length })}</Text>
          )}
          <Text size="xs" c="dimmed" mt={4} className={styles.prose}>
            {t('patientPage.oddOneOut.by', { model: card ? read(card.title) : packageId })}{' '}
            {t('patientPage.oddOneOut.meaning', {
              lesions: measured,
              farthest: share(farthest),
              chance: share(1 / measured),
              falselyNamed: share(falselyNamed),
            })}
          </Text>
        </>
      )}
    </section>
  );
}

function Standings({ numbered, standings }: Pick<Props, 'numbered'> & { standings: readonly Standing[] }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const nameOf = (id: string) => {
    const known = numbered.find(({ lesionCase }) => lesionCase.lesion.id === id);
    const name = known?.lesionCase.lesion.label || t('caseBook.unnamed');
    return t('patientPage.lesionOf', { number: known?.number ?? 0, name });
  };
  const written = (distance: number) => formatNumber(distance, language, 2);
  const apart = standings.filter((standing) => standing.apart);
  const others = standings.filter((standing) => !standing.apart).map(({ distance }) => distance);
  const list = new Intl.ListFormat(language, { type: 'conjunction' });
  return (
    <>
      <Text size="sm" fw={apart.length > 0 ? 600 : undefined}>
        {apart.length > 0
          ? t('patientPage.oddOneOut.apart', {
              count: apart.length,
              names: list.format(apart.map(({ id }) => nameOf(id))),
              distances: list.format(apart.map(({ distance }) => written(distance))),
            })
          : t('patientPage.oddOneOut.none')}{' '}
        {t('patientPage.oddOneOut.range', {
          low: written(Math.min(...others)),
          high: written(Math.max(...others)),
        })}
      </Text>
      <details className={styles.all}>
        <summary>{t('patientPage.oddOneOut.all')}</summary>
        <Table verticalSpacing={4} maw="32rem">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('patientPage.oddOneOut.lesion')}</Table.Th>
              <Table.Th ta="right">{t('patientPage.oddOneOut.distance')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {standings.map(({ id, distance }) => (
              <Table.Tr key={id}>
                <Table.Th scope="row" fw={400}>
                  {nameOf(id)}
                </Table.Th>
                <Table.Td ta="right">{written(distance)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </details>
    </>
  );
}
