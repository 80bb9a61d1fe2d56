import { Code, Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import { useLanguage } from '../../../ui/context';
import { formatBytes, formatNumber } from '../../../ui/format';
import styles from './models.module.css';
import { byKeyboard } from './scrolling';
import { useWords } from './words';

/** Where the model comes from, under which licence, and what its files must be. */
export function DataAndFiles({ card }: { card: Card }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const words = useWords();
  const { data, recipe, results, files } = card;
  const sides = (['train', 'validation', 'test'] as const).flatMap((side) => {
    const count = data.counts[side];
    return count === undefined ? [] : [t(`models.data.${side}`, { amount: formatNumber(count, language) })];
  });
  return (
    <>
      <section className={styles.section}>
        <Title order={3} size="h4">
          {t('models.data.heading')}
        </Title>
        <Facts
          facts={[
            [t('models.data.set'), data.name],
            [t('models.data.licence'), data.licence],
            [t('models.data.citation'), data.citation],
            [
              t('models.data.split'),
              t('models.data.splitValue', { split: data.split, group: words.group(results.group) }),
            ],
            [t('models.data.counts'), sides.join(', ')],
            [t('models.data.splitHash'), <Hash key="hash" value={data.splitHash} />],
            [
              t('models.data.recipe'),
              t('models.data.recipeValue', { name: recipe.name, commit: recipe.commit, seed: recipe.seed }),
            ],
            ...(recipe.parents.length > 0
              ? [[t('models.data.parents'), recipe.parents.join(', ')] as const]
              : []),
          ]}
        />
      </section>
      <section className={styles.section}>
        <Title order={3} size="h4">
          {t('models.files.heading')}
        </Title>
        <Facts
          facts={[
            [t('models.files.licence'), card.licence],
            [t('models.files.id'), `${card.id} ${card.version}`],
          ]}
        />
        <Text size="sm" c="dimmed">
          {t('models.files.meaning')}
        </Text>
        <Table.ScrollContainer minWidth={320} scrollAreaProps={byKeyboard}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('models.files.file')}</Table.Th>
                <Table.Th ta="right">{t('models.files.bytes')}</Table.Th>
                <Table.Th>{t('models.files.hash')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {files.map(({ path, bytes, sha256 }) => (
                <Table.Tr key={path}>
                  <Table.Th fw={400}>{path}</Table.Th>
                  <Table.Td ta="right">{formatBytes(bytes, language)}</Table.Td>
                  <Table.Td>
                    <Hash value={sha256} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </section>
    </>
  );
}

function Hash({ value }: { value: string }) {
  return <Code className={styles.hash}>{value}</Code>;
}

function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
