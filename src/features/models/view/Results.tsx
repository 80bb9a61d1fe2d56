import { Group, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import { useLanguage } from '../../../ui/context';
import { formatNumber } from '../../../ui/format';
import { HelpTip } from '../../../ui/HelpTip';
import { inOrder, useMeasures } from './measures';
import styles from './models.module.css';
import { Plots } from './Plots';
import { PerClass, Subgroups } from './ResultTables';
import { Settings } from './Settings';
import { useWords } from './words';

/** What was measured on photos held back, with its intervals, and where the paper stands. */
export function Results({ card }: { card: Card }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { name, write } = useMeasures();
  const words = useWords();
  const { metrics, count, groups, group } = card.results;
  const names = inOrder(Object.keys(metrics));
  const amount = formatNumber(count, language);
  const about = { amount, group: words.group(group) };
  return (
    <section className={styles.section}>
      <Title order={3} size="h4">
        {t('models.results.heading')}
      </Title>
      {names.length === 0 ? (
        <Text size="sm">{t('models.results.none')}</Text>
      ) : (
        <>
          <Text size="sm" c="dimmed">
            {groups === undefined
              ? t('models.results.on', about)
              : t('models.results.onGroups', { ...about, groups: formatNumber(groups, language) })}
          </Text>
          <Table aria-label={t('models.results.heading')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('models.results.measure')}</Table.Th>
                <Table.Th ta="right">{t('models.results.value')}</Table.Th>
                <Table.Th ta="right">
                  <Group gap={2} justify="flex-end" wrap="nowrap">
                    {t('models.results.interval')}
                    <HelpTip subject={t('models.results.interval')}>
                      {t('models.results.intervalMeaning')}
                    </HelpTip>
                  </Group>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {names.map((metric) => {
                const estimate = metrics[metric];
                if (!estimate) return null;
                const { value, low, high } = estimate;
                return (
                  <Table.Tr key={metric}>
                    <Table.Th fw={400}>{name(metric)}</Table.Th>
                    <Table.Td ta="right" fw={600}>
                      {write(metric, value)}
                    </Table.Td>
                    <Table.Td ta="right">
                      {write(metric, low)} – {write(metric, high)}
                    </Table.Td>
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
          {(card.decision ?? card.calibration)?.fittedOn === 'test' && (
            <Text size="sm">{t('importModel.fittedOnTest.all')}</Text>
          )}
        </>
      )}
      <Paper card={card} />
      <Plots card={card} />
      <Settings card={card} />
      <PerClass card={card} />
      <Subgroups card={card} />
    </section>
  );
}

/** Ours by the paper's own protocol, beside what the paper says. */
function Paper({ card }: { card: Card }) {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const { name, write } = useMeasures();
  const { paper } = card.results;
  if (!paper) return null;
  return (
    <div>
      <Title order={4} size="h5">
        {t('models.results.paper')}
      </Title>
      <Text size="sm" c="dimmed">
        {read(paper.protocol)}
      </Text>
      <Table aria-label={t('models.results.paper')} mt="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('models.results.measure')}</Table.Th>
            <Table.Th ta="right">{t('models.results.paperColumn')}</Table.Th>
            <Table.Th ta="right">{t('models.results.oursColumn')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {inOrder(Object.keys(paper.metrics)).map((metric) => {
            const both = paper.metrics[metric];
            return (
              both && (
                <Table.Tr key={metric}>
                  <Table.Th fw={400}>{name(metric)}</Table.Th>
                  <Table.Td ta="right">{write(metric, both.paper)}</Table.Td>
                  <Table.Td ta="right" fw={600}>
                    {write(metric, both.ours)}
                  </Table.Td>
                </Table.Tr>
              )
            );
          })}
        </Table.Tbody>
      </Table>
    </div>
  );
}
