import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { minImages, type Subgroup } from '../../../core/metrics/subgroups';
import { useLanguage } from '../../../ui/context';
import { formatNumber } from '../../../ui/format';
import { useSubgroupWords } from '../../../ui/subgroup-words';
import { FigureValue } from './FigureValue';
import { Scrolled } from './Scrolled';

const shown = ['accuracy', 'balancedAccuracy', 'auc'] as const;

export function Subgroups({ rows }: { rows: readonly Subgroup[] }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { fieldName, valueName } = useSubgroupWords();
  if (rows.length === 0) return <Text c="dimmed">{t('evaluate.noSubgroups')}</Text>;
  return (
    <Scrolled>
      <Table miw={560} verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('evaluate.part')}</Table.Th>
            <Table.Th>{t('evaluate.figure.support')}</Table.Th>
            {shown.map((name) => (
              <Table.Th key={name}>{t(`evaluate.figure.${name}`)}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ field, value, count, metrics }) => (
            <Table.Tr key={`${field} ${value}`}>
              <Table.Th scope="row">
                {fieldName(field)}: {valueName(field, value)}
              </Table.Th>
              <Table.Td>{formatNumber(count, language)}</Table.Td>
              {metrics ? (
                shown.map((name) => (
                  <Table.Td key={name}>
                    <FigureValue name={name} estimate={metrics[name]} />
                  </Table.Td>
                ))
              ) : (
                <Table.Td colSpan={shown.length} c="dimmed">
                  {t('evaluate.tooFew', { min: minImages })}
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scrolled>
  );
}
