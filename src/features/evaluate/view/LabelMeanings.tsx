import { NativeSelect, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import type { LabelMap, Plan } from '../../../core/evaluation/plan';
import { useLanguage } from '../../../ui/context';
import { useEvaluateServices, useEvaluation } from './context';
import { Scrolled } from './Scrolled';

export interface Meanings {
  card: Card;
  labels: LabelMap;
}

interface Props {
  labels: Plan['labels'];
  meanings: readonly Meanings[];
}

/** One row a label, one column a model: the class that the label means to it. */
export function LabelMeanings({ labels, meanings }: Props) {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const { evaluation } = useEvaluateServices();
  const changed = useEvaluation((state) => state.draft.changed);
  const change = (packageId: string, label: string, classId: string) =>
    evaluation.draft({
      changed: { ...changed, [packageId]: { ...changed[packageId], [label]: classId || null } },
    });
  return (
    <>
      <Text size="sm" c="dimmed" mb="sm">
        {t('evaluate.proposed')}
      </Text>
      <Scrolled>
        <Table verticalSpacing={6} miw={360}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('evaluate.label')}</Table.Th>
              <Table.Th ta="right">{t('evaluate.count')}</Table.Th>
              {meanings.map(({ card }) => (
                <Table.Th key={card.id}>{read(card.title)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {labels.map(({ label, count }) => (
              <Table.Tr key={label}>
                <Table.Th scope="row">{label}</Table.Th>
                <Table.Td ta="right">{count}</Table.Td>
                {meanings.map(({ card, labels: map }) => (
                  <Table.Td key={card.id}>
                    <NativeSelect
                      aria-label={t('evaluate.meaningFor', { model: read(card.title), label })}
                      value={map[label] ?? ''}
                      onChange={({ currentTarget }) => change(card.id, label, currentTarget.value)}
                      data={[
                        { value: '', label: t('evaluate.leaveOut') },
                        ...card.classes.map(({ id, name }) => ({ value: id, label: `${id}: ${read(name)}` })),
                      ]}
                    />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scrolled>
    </>
  );
}
