import { type MetadataField, type MetadataSchema, type MetadataValues, wordOfField } from './metadata';
import { type SiteGroup, siteGroups } from './patient-facts';

/**
 * Where on the body a lesion is, as finely as any package asks: the regions of phone photos by their ids in
 * training/lentigo/data/ metadata.py, and two that those lack. A dermoscopy package asks for the group alone.
 * The table follows the one of training; `abdomen` is among the special sites.
 */
export const bodyPlaces = [
  'scalp',
  'face',
  'ear',
  'nose',
  'lip',
  'neck',
  'chest',
  'abdomen',
  'back',
  'arm',
  'forearm',
  'hand',
  'genital',
  'thigh',
  'lower-leg',
  'foot',
] as const;

export type BodyPlace = (typeof bodyPlaces)[number];
/** What may be noted of a lesion: a place, or only the group of one, such as DICOM files give. */
export type Site = BodyPlace | SiteGroup;

const groups: Readonly<Record<BodyPlace, SiteGroup>> = {
  scalp: 'head-neck',
  face: 'head-neck',
  ear: 'head-neck',
  nose: 'head-neck',
  lip: 'head-neck',
  neck: 'head-neck',
  chest: 'upper-body',
  abdomen: 'special',
  back: 'upper-body',
  arm: 'extremities',
  forearm: 'extremities',
  hand: 'extremities',
  genital: 'genital-oral',
  thigh: 'lower-body',
  'lower-leg': 'lower-body',
  foot: 'lower-body',
};

export const isBodyPlace = (site: string): site is BodyPlace =>
  (bodyPlaces as readonly string[]).includes(site);

export const isSite = (site: string): site is Site =>
  isBodyPlace(site) || (siteGroups as readonly string[]).includes(site);

/** The group that a place belongs to. */
export const groupOfPlace = (place: BodyPlace): SiteGroup => groups[place];

/**
 * Whether a card's field asks for a place on the body: all its choices are places or groups that are known
 * here.
 */
export function isSiteField(field: MetadataField): field is Extract<MetadataField, { kind: 'choice' }> {
  return field.kind === 'choice' && field.choices.every(({ id }) => isSite(id));
}

/**
 * What a site is called in a field: the choice for the place itself, or for its group. Null where the field
 * knows neither.
 */
export function choiceOfSite(field: MetadataField, site: string | null | undefined): string | null {
  if (field.kind !== 'choice' || !site) return null;
  const known = (id: string) => field.choices.some((choice) => choice.id === id);
  if (known(site)) return site;
  return isBodyPlace(site) && known(groups[site]) ? groups[site] : null;
}

/** The id of the site among a patient's values, whatever a card calls the field that asks for it. */
export const siteKey = 'site';

/**
 * The values that a card's fields ask for, by field id. A field for the site takes a word of its own, or else
 * the patient's site in the words of its card. `values` hold what is known of the patient by field id, and
 * the site under `siteKey`.
 */
export function metadataForCard(schema: MetadataSchema, values: MetadataValues): MetadataValues {
  return Object.fromEntries(
    schema.fields.flatMap((field) => {
      const own = values[field.id] ?? null;
      const known = own === null || own === '' ? null : wordOfField(field, own);
      const other = isSiteField(field) ? choiceOfSite(field, values[siteKey]?.toString()) : own;
      const value = known ?? other;
      return value === null || value === '' ? [] : [[field.id, value]];
    }),
  );
}
