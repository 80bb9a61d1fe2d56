import { describe, expect, it } from 'vitest';
import { bodyPlaces, choiceOfSite, groupOfPlace, isSiteField, metadataForCard } from './body-sites';
import type { MetadataField, MetadataSchema } from './metadata';
import { siteGroups } from './patient-facts';

const name = { en: 'x', ko: '가' };
const choice = (id: string, ids: readonly string[], offset = 0): MetadataField => ({
  id,
  name,
  kind: 'choice',
  offset,
  size: ids.length + 1,
  choices: ids.map((id) => ({ id, name, values: [id.toUpperCase()] })),
});
const age: MetadataField = { id: 'age', name, kind: 'bins', offset: 0, size: 3, edges: [0, 50] };

describe('sites', () => {
  it('are told to a package in the words of its card: the place, else its group, else nothing', () => {
    expect(choiceOfSite(choice('region', ['back', 'hand']), 'hand')).toBe('hand');
    expect(choiceOfSite(choice('site', siteGroups), 'hand')).toBe('extremities');
    expect(choiceOfSite(choice('region', ['back', 'hand']), 'lower-leg')).toBeNull();
    // A group says too little for a package that asks for the place.
    expect(choiceOfSite(choice('region', ['back', 'hand']), 'upper-body')).toBeNull();
  });

  it('reach every place a group of the dermoscopy packages', () => {
    for (const place of bodyPlaces) expect(siteGroups).toContain(groupOfPlace(place));
  });

  it('are recognised by the choices of a field, not by its name', () => {
    expect(isSiteField(choice('where', ['back', 'hand']))).toBe(true);
    expect(isSiteField(choice('site', ['yes', 'no']))).toBe(false);
    expect(isSiteField(age)).toBe(false);
  });
});

describe('metadataForCard', () => {
  const schema: MetadataSchema = {
    width: 20,
    fields: [age, choice('region', ['back', 'hand'], 3), choice('itch', ['yes', 'no'], 6)],
  };

  it('tells a package what its card asks for and nothing else', () => {
    expect(metadataForCard(schema, { age: 44, sex: 'male', site: 'back', itch: 'no' })).toEqual({
      age: 44,
      region: 'back',
      itch: 'no',
    });
  });

  it('takes a word of the field itself before the site', () => {
    expect(metadataForCard(schema, { region: 'HAND', site: 'back' })).toEqual({ region: 'HAND' });
    expect(metadataForCard(schema, { region: 'elsewhere', site: 'back' })).toEqual({ region: 'back' });
  });

  it('leaves out what is not known', () => {
    expect(metadataForCard(schema, { age: null, site: 'neck', itch: '' })).toEqual({});
    expect(metadataForCard(schema, { age: 0 })).toEqual({ age: 0 });
  });
});
