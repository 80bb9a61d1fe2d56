import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import { classNameOf } from '../../../core/card/class-name';
import { writtenProbability } from '../../../report/answer';
import { useLanguage, usePackageCard } from '../../../ui/context';

/** The probabilities of two runs, side by side, with the digits that a difference would show in. */
export function BeforeAfter({ then, now }: { then: Analysis; now: Analysis }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const card = usePackageCard(now.provenance.packageId);
  const name = (id: string) => classNameOf(card, id, language);
  const of = (analysis: Analysis, id: string) =>
    writtenProbability(
      analysis.probabilities.find((probability) => probability.id === id)?.calibrated ?? 0,
      language,
    );
  return (
    <Table aria-label={t('handOver.reopen.numbers')} verticalSpacing={4}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('answer.classColumn')}</Table.Th>
          <Table.Th>{t('handOver.reopen.before')}</Table.Th>
          <Table.Th>{t('handOver.reopen.after')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {now.probabilities.map(({ id }) => (
          <Table.Tr key={id}>
            <Table.Th scope="row" fw={400}>
              {name(id)}
            </Table.Th>
            <Table.Td>{of(then, id)}</Table.Td>
            <Table.Td>{of(now, id)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
