import { Button, Loader, Text } from '@mantine/core';
import { IconBooks } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../../core/analysis';
import type { Card } from '../../../../core/card/card';
import { minToCompare } from '../../../../core/decision/neighbours';
import { verdictOf } from '../../../../core/decision/verdict';
import type { SimilarCasesFound } from '../../../../records/similar-cases';
import { lesionAddress } from '../../../../ui/addresses';
import type { Services } from '../../../../ui/context';
import type { SetNeighbours } from '../../model/similar/reference-neighbours';
import type { ClinicServices } from '../context';
import { MakingProgress } from './MakingProgress';
import { NeighbourList } from './NeighbourList';
import { ReferenceDialog } from './ReferenceDialog';
import styles from './similar.module.css';
import { type Found, SimilarContext, similarOf, useFound, useSimilar } from './use-similar';

interface Props {
  /** The photo itself; null while it is being opened. */
  image: Blob | null;
  card: Card;
  analysis: Analysis;
}

/** Given the services, so that the chunk which the clinic waits for is not parted for this one. */
export function SimilarCases({
  services,
  clinic,
  ...answer
}: Props & { services: Services; clinic: ClinicServices }) {
  return (
    <SimilarContext value={similarOf(services, clinic)}>
      <SimilarAnswer {...answer} />
    </SimilarContext>
  );
}

/** The nearest lesions of the own records and of reference sets, each with its diagnosis and distance. */
function SimilarAnswer({ image, card, analysis }: Props) {
  const { t } = useTranslation();
  const [dialog, setDialog] = useState(false);
  const { making } = useSimilar();
  const noResult = verdictOf(card, analysis).noResult !== null;
  return (
    <>
      {noResult && <Text size="sm">{t('similar.noResult')}</Text>}
      {!noResult && analysis.embedding === null && <Text size="sm">{t('similar.noEmbedding')}</Text>}
      {!noResult && analysis.embedding !== null && (
        <Neighbours image={image} card={card} analysis={analysis} />
      )}
      <MakingProgress making={making} />
      <Button
        size="compact-sm"
        variant="subtle"
        mt={4}
        leftSection={<IconBooks size={16} aria-hidden />}
        onClick={() => setDialog(true)}
      >
        {t('similar.sets.open')}
      </Button>
      <ReferenceDialog opened={dialog} onClose={() => setDialog(false)} card={card} />
    </>
  );
}

function Neighbours({ image, card, analysis }: Props) {
  const { t } = useTranslation();
  const found = useFound(analysis, image);
  if (!found) return <Loader size="xs" aria-label={t('similar.looking')} />;
  const shown = anyShown(found);
  return (
    <div className={styles.sources}>
      {found.own.ok ? (
        <OwnCases found={found.own.value} card={card} />
      ) : (
        <Text size="sm">
          {t('similar.unread')} {t(`failure.${found.own.failure.code}.sentence`)}
        </Text>
      )}
      {found.sets.ok ? (
        found.sets.value.map((neighbours) => (
          <ReferenceCases key={neighbours.set.id} card={card} {...neighbours} />
        ))
      ) : (
        <Text size="sm">
          {t('similar.sets.unread')} {t(`failure.${found.sets.failure.code}.sentence`)}
        </Text>
      )}
      {shown && (
        <Text size="xs" c="dimmed">
          {t('similar.caution')}
        </Text>
      )}
    </div>
  );
}

const anyShown = ({ own, sets }: Found) =>
  (own.ok && own.value.neighbours.length > 0) ||
  (sets.ok && sets.value.some(({ neighbours }) => neighbours.length > 0));

function OwnCases({ found, card }: { found: SimilarCasesFound; card: Card }) {
  const { t } = useTranslation();
  const { compared, lesions, neighbours } = found;
  if (neighbours.length === 0) {
    return <Text size="sm">{t('similar.tooFew', { count: compared, lesions, needed: minToCompare })}</Text>;
  }
  return (
    <NeighbourList
      heading={t('similar.own', { count: compared })}
      card={card}
      neighbours={neighbours.map(({ of, distance }) => ({
        id: of.photoId,
        diagnosis: of.diagnosis,
        name: of.name,
        distance,
        picture: { from: 'records', id: of.photoId },
        href: lesionAddress(of.lesion),
      }))}
    />
  );
}

function ReferenceCases({ set, fit, neighbours, card }: SetNeighbours & { card: Card }) {
  const { t } = useTranslation();
  const { name, packageId: model, packageVersion: version, lesions } = set;
  if (fit !== 'fits') return <Text size="sm">{t(`similar.sets.fit.${fit}`, { name, model, version })}</Text>;
  if (neighbours.length === 0)
    return <Text size="sm">{t('similar.sets.tooFew', { name, count: lesions, needed: minToCompare })}</Text>;
  return (
    <NeighbourList
      heading={t('similar.sets.from', { name, count: lesions })}
      card={card}
      neighbours={neighbours.map(({ of, distance }) => ({
        id: of.id,
        diagnosis: of.diagnosis,
        name: of.name,
        distance,
        picture: { from: 'set', id: of.id },
        set: name,
      }))}
    />
  );
}
