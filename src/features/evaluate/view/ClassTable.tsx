import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type ClassMeasured, classFigureNames } from '../../../core/metrics/classifier';
import { useLanguage } from '../../../ui/context';
import { formatNumber } from '../../../ui/format';
import styles from './evaluate.module.css';
import { FigureValue } from './FigureValue';
import { Scrolled } from './Scrolled';

/** One row a class, each against the rest. */
export function ClassTable({
  classes,
  names,
}: {
  classes: readonly ClassMeasured[];
  names: readonly string[];
}) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  return (
    <Scrolled>
      <Table miw={860} verticalSpacing="xs" stickyHeader={false}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('evaluate.class')}</Table.Th>
            <Table.Th>{t('evaluate.figure.support')}</Table.Th>
            {classFigureNames.map((name) => (
              <Table.Th key={name}>{t(`evaluate.figure.${name}`)}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {classes.map(({ id, support, figures }, index) => (
            <Table.Tr key={id}>
              <Table.Th scope="row">
                {names[index]}
                <span className={styles.interval}>{id}</span>
              </Table.Th>
              <Table.Td>{formatNumber(support, language)}</Table.Td>
              {classFigureNames.map((name) => (
                <Table.Td key={name}>
                  <FigureValue name={name} estimate={figures[name]} />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scrolled>
  );
}
