import { Button, Collapse, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../../core/card/card';
import { isSiteField, metadataForCard, siteKey } from '../../../../core/patient/body-sites';
import type { MetadataField, MetadataValues } from '../../../../core/patient/metadata';
import { useLanguage, useServices } from '../../../../ui/context';
import { nothingKnown, type PatientMetadata } from '../../model/patient-context';
import { setMetadataAndRerun } from '../../model/set-metadata';
import type { ShownAnswer } from '../../model/shown-answer';
import { useClinicServices, usePatientContext, useWorkbench } from '../context';
import { FoldingSection } from '../FoldingSection';
import { WhatIfSection } from '../WhatIfSection';
import { BeforeAfterMetadata } from './BeforeAfterMetadata';
import { ChoiceFact, type Option } from './ChoiceFact';
import type { FactRead } from './FactLabel';
import styles from './FactsPanel.module.css';
import { NumberFact } from './NumberFact';
import { SiteFact } from './SiteFact';

const none: readonly MetadataField[] = [];

interface Props {
  photoId: string;
  /** Photos that are picked with it: what is given is given for all of them. */
  picked?: readonly string[];
  /** The package whose answer stands beside; its card says what is asked. */
  card: Card;
  /** The answer that stands beside, where it may be seen. */
  shown: ShownAnswer | null;
}

/**
 * What is known of the patient: age, sex and site, and whatever else the package's card asks for. A change
 * runs it again at once.
 */
export function FactsPanel({ photoId, picked = [], card, shown }: Props) {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const { patientContext, workbench } = useClinicServices();
  const { runtime } = useServices();
  const facts = usePatientContext((state) => state.metadata[photoId] ?? nothingKnown);
  const several = useWorkbench(({ photos }) => photos.length > 1);
  const fields = card.metadata?.fields ?? none;
  const given = Object.values(facts.values).filter((value) => value !== null).length;
  const essence = card.metadata
    ? t('facts.state', {
        known: Object.keys(metadataForCard(card.metadata, facts.values)).length,
        all: fields.length,
      })
    : t('pane.factsGiven', { count: given });

  const together = picked.length > 1 && picked.includes(photoId) ? picked : [photoId];
  const setMetadata = (values: MetadataValues, to = together) =>
    void setMetadataAndRerun({ patientContext, workbench, runtime }, to, values);
  const copyToAll = () =>
    setMetadata(
      facts.values,
      workbench.store.getState().photos.map(({ id }) => id),
    );
  const about = (id: string) => ({
    value: facts.values[id] ?? null,
    read: readOf(facts, id),
    onChange: (value: string | number | null) => setMetadata({ [id]: value }),
  });
  const optionsOf = (field: MetadataField): Option[] =>
    field.kind === 'choice' ? field.choices.map(({ id, name }) => ({ id, name: read(name) })) : [];
  const age = fields.find(({ id }) => id === 'age');
  const sex = fields.find(({ id }) => id === 'sex');
  const site = fields.find(isSiteField);
  const others = fields.filter((field) => field !== age && field !== sex && field !== site);

  return (
    <FoldingSection
      id="facts"
      heading={t('facts.heading')}
      meaning={t('facts.meaning')}
      essence={essence}
      warnings={
        together.length > 1 && (
          <Text size="sm" fw={500} mb="xs" role="status">
            {t('facts.forPicked', { count: together.length })}
          </Text>
        )
      }
    >
      <div className={styles.panel}>
        {card.metadata ? (
          <Text size="xs" c="dimmed" mb="xs">
            {essence}
          </Text>
        ) : (
          <Text size="sm" c="dimmed" mb="xs">
            {t('facts.unused')}
          </Text>
        )}
        <Stack gap="sm">
          <div className={styles.pair}>
            <NumberFact
              name={t('facts.years', { name: age ? read(age.name) : t('facts.age') })}
              {...about('age')}
            />
            <ChoiceFact
              name={sex ? read(sex.name) : t('facts.sex')}
              options={
                sex
                  ? optionsOf(sex)
                  : (['female', 'male', 'other'] as const).map((id) => ({ id, name: t(`facts.${id}`) }))
              }
              {...about('sex')}
            />
          </div>
          <SiteFact field={site ?? null} {...about(siteKey)} />
          {others.length > 0 && (
            <div className={styles.others}>
              {others.map((field) =>
                field.kind === 'bins' ? (
                  <NumberFact key={field.id} name={read(field.name)} {...about(field.id)} />
                ) : (
                  <ChoiceFact
                    key={field.id}
                    name={read(field.name)}
                    options={optionsOf(field)}
                    {...about(field.id)}
                  />
                ),
              )}
            </div>
          )}
          <Collapse expanded={Object.keys(facts.values).length > 0}>
            <Group gap="xs">
              <Button
                size="compact-sm"
                variant="subtle"
                onClick={() =>
                  setMetadata(Object.fromEntries(Object.keys(facts.values).map((id) => [id, null])))
                }
              >
                {t('facts.clear')}
              </Button>
              {several && together.length === 1 && (
                <Button size="compact-sm" variant="subtle" onClick={copyToAll}>
                  {t('facts.toAll')}
                </Button>
              )}
            </Group>
          </Collapse>
        </Stack>
        <BeforeAfterMetadata photoId={photoId} card={card} />
      </div>
      {shown && <WhatIfSection analysis={shown.analysis} card={shown.card} />}
    </FoldingSection>
  );
}

function readOf({ fromFile, fromName }: PatientMetadata, id: string): FactRead {
  if (fromFile.includes(id)) return 'file';
  return fromName?.includes(id) ? 'name' : null;
}
