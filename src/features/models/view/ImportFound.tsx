import { Code, Group, Table, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatName } from '../../../engine/import/card-texts';
import type { FoundModel } from '../../../engine/import/importer';
import { useLanguage } from '../../../ui/context';
import { formatNumber } from '../../../ui/format';

/** What the file itself says: nothing of it can be changed here. */
export function ImportFound({ found }: { found: FoundModel }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { answer, input, operations, parameters } = found;
  const rows: [string, string][] = [
    [t('importModel.found.format'), formatName(found.format, found.teachableMachine)],
    [t('importModel.found.input'), t('importModel.found.inputValue', { size: input.size })],
    [
      t('importModel.found.output'),
      `${t('importModel.found.classes', { count: answer.classes })}; ${t(`importModel.found.${answer.kind}`)}`,
    ],
    [t('importModel.found.parameters'), formatNumber(parameters, language)],
    [
      t('importModel.found.map'),
      t(answer.outputs.cam ? 'importModel.found.mapYes' : 'importModel.found.mapNo'),
    ],
    [
      t('importModel.found.features'),
      answer.features
        ? t('importModel.found.featuresYes', { count: answer.features.width })
        : t('importModel.found.featuresNo'),
    ],
  ];
  return (
    <section aria-labelledby="import-found">
      <Title order={3} size="h5" id="import-found">
        {t('importModel.found.heading')}
      </Title>
      <Table aria-labelledby="import-found" verticalSpacing={4}>
        <Table.Tbody>
          {rows.map(([name, value]) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" fw={400} w="38%">
                {name}
              </Table.Th>
              <Table.Td>{value}</Table.Td>
            </Table.Tr>
          ))}
          <Table.Tr>
            <Table.Th scope="row" fw={400}>
              {t('importModel.found.operations')}
            </Table.Th>
            <Table.Td>
              <Group gap={6}>
                {Object.entries(operations).map(([name, count]) => (
                  <Code key={name}>{`${name} × ${count}`}</Code>
                ))}
              </Group>
            </Table.Td>
          </Table.Tr>
        </Table.Tbody>
      </Table>
    </section>
  );
}
