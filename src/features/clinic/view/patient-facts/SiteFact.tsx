import { Button, Collapse, Group, Select, Text } from '@mantine/core';
import { IconMan } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bodyPlaces, choiceOfSite, isSite } from '../../../../core/patient/body-sites';
import type { MetadataField } from '../../../../core/patient/metadata';
import { siteGroups } from '../../../../core/patient/patient-facts';
import { BodyMap } from '../../../../ui/body-map/BodyMap';
import { useLanguage } from '../../../../ui/context';
import { FactLabel, type FactProps } from './FactLabel';

interface Props extends Omit<FactProps, 'name'> {
  /** The card's field that asks for the site; null where it asks for none. */
  field: MetadataField | null;
}

/** The place on the body: from a list, or picked on a figure. What the model makes of it is said below. */
export function SiteFact({ field, value, read, onChange }: Props) {
  const { t } = useTranslation();
  const { read: inLanguage } = useLanguage();
  const [open, setOpen] = useState(false);
  const site = typeof value === 'string' && isSite(value) ? value : null;
  const choice = field && choiceOfSite(field, site);
  const chosen = field?.kind === 'choice' ? field.choices.find(({ id }) => id === choice) : undefined;
  const item = (id: (typeof bodyPlaces)[number] | (typeof siteGroups)[number]) => ({
    value: id,
    label: t(`report.site.${id}`),
  });
  return (
    <div>
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <Select
          size="sm"
          style={{ flex: 1 }}
          label={<FactLabel name={field ? inLanguage(field.name) : t('facts.site')} read={read} />}
          placeholder={t('facts.unknown')}
          data={[
            { group: t('facts.places'), items: bodyPlaces.map(item) },
            { group: t('facts.groups'), items: siteGroups.map(item) },
          ]}
          value={site}
          onChange={onChange}
          searchable
          clearable
        />
        <Button
          size="sm"
          variant="default"
          aria-expanded={open}
          data-shortcut="body"
          leftSection={<IconMan size={18} aria-hidden />}
          onClick={({ currentTarget }) => {
            // A key of the page may have pressed it: the body is the next stop from here.
            currentTarget.focus();
            setOpen(!open);
          }}
        >
          {t(open ? 'facts.pickHide' : 'facts.pick')}
        </Button>
      </Group>
      {field && site && choice !== site && (
        <Text size="xs" c="dimmed" mt={4}>
          {chosen ? t('facts.siteNote', { name: inLanguage(chosen.name) }) : t('facts.siteLost')}
        </Text>
      )}
      <Collapse expanded={open} keepMounted={false}>
        <div style={{ paddingTop: '0.75rem' }}>
          <BodyMap label={t('facts.site')} value={site} onChange={onChange} />
        </div>
      </Collapse>
    </div>
  );
}
