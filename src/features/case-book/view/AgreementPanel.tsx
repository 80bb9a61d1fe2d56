import { Select, Stack, Table, Text, Title } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage, useRuntime } from '../../../ui/context';
import { formatShare } from '../../../ui/format';
import { type AgainstHistology, isFlaggedBy, measureAgreement, type PairAgreement } from '../model/agreement';
import type { Case } from '../model/search';
import { packagesOf } from '../model/timeline';
import styles from './case-book.module.css';

/** Over all cases: how own impressions, a model and histology agreed. */
export const AgreementPanel = memo(function AgreementPanel({ cases }: { cases: readonly Case[] }) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const cards = useRuntime((state) => state.cards);
  const packages = [...new Set(cases.flatMap(packagesOf))];
  const [wanted, setWanted] = useState<string | null>(null);
  const packageId = wanted ?? packages[0];
  const known = cards.state === 'ready' ? cards.value : [];
  const card = known.find(({ id }) => id === packageId);
  if (!packageId) return null;
  // The model's own view of what is to be flagged comes first: actinic keratosis is so to one and not to
  // another.
  const byCard = [...(card ? [card] : []), ...known];
  const counts = measureAgreement(
    cases,
    packageId,
    (label) =>
      byCard.map((candidate) => isFlaggedBy(candidate, label)).find((flagged) => flagged !== null) ?? null,
  );
  const agreements: [string, PairAgreement][] = [
    [t('caseBook.agreement.impressionAndModel'), counts.impressionAndModel],
    [t('caseBook.agreement.impressionAndHistology'), counts.impressionAndHistology],
    [t('caseBook.agreement.modelAndHistology'), counts.modelAndHistology],
  ];
  const truths: [string, AgainstHistology][] = [
    [t('caseBook.agreement.impression'), counts.impression],
    [t('caseBook.agreement.model'), counts.model],
  ];
  const rate = (part: number, whole: number) =>
    whole === 0
      ? '–'
      : t('caseBook.agreement.ofValue', { part, whole, share: formatShare(part / whole, language) });
  return (
    <Stack gap="md" className={styles.agreement}>
      <Text c="dimmed" className={styles.hint}>
        <IconFolderOpen size={18} aria-hidden /> {t('caseBook.choose')}
      </Text>
      <section aria-label={t('caseBook.agreement.heading')}>
        <div className={styles.sectionHead}>
          <Title order={2} size="h4">
            {t('caseBook.agreement.heading')}
          </Title>
          {packages.length > 1 && (
            <Select
              size="xs"
              aria-label={t('model.choose')}
              allowDeselect={false}
              value={packageId}
              onChange={setWanted}
              data={packages.map((id) => {
                const cardClass = known.find((each) => each.id === id);
                return { value: id, label: cardClass ? read(cardClass.title) : id };
              })}
            />
          )}
        </div>
        <Text size="sm" c="dimmed" mb="sm">
          {t('caseBook.agreement.meaning')}
        </Text>
        <Table.ScrollContainer minWidth={300}>
          <Table verticalSpacing="xs" horizontalSpacing="xs" fz="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('caseBook.agreement.compared')}</Table.Th>
                <Table.Th ta="right">{t('caseBook.agreement.sameLabel')}</Table.Th>
                <Table.Th ta="right">{t('caseBook.agreement.sameSide')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {agreements.map(([name, pair]) => (
                <Table.Tr key={name}>
                  <Table.Th scope="row" fw={400}>
                    {name}
                  </Table.Th>
                  <Table.Td ta="right">{rate(pair.sameLabel, pair.count)}</Table.Td>
                  <Table.Td ta="right">{rate(pair.sameSide, pair.comparable)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
        <Table.ScrollContainer minWidth={300}>
          <Table verticalSpacing="xs" horizontalSpacing="xs" fz="sm" mt="md">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('caseBook.agreement.against')}</Table.Th>
                <Table.Th ta="right">{t('answer.sensitivity')}</Table.Th>
                <Table.Th ta="right">{t('answer.specificity')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {truths.map(([name, against]) => (
                <Table.Tr key={name}>
                  <Table.Th scope="row" fw={400}>
                    {name}
                  </Table.Th>
                  <Table.Td ta="right">{rate(against.flagged, against.toFlag)}</Table.Td>
                  <Table.Td ta="right">{rate(against.notFlagged, against.others)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
        <Text size="xs" c="dimmed" mt="sm">
          {t('app.disclaimer')}
        </Text>
      </section>
    </Stack>
  );
});
