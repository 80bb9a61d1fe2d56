import type { Analysis } from '../../../core/analysis';
import { likenessDistance } from '../../../core/decision/likeness';
import { groupOfPlace, isBodyPlace } from '../../../core/patient/body-sites';
import type { PhotoOrigin } from './photo-origin';

/** What is known of a photo that is about to be saved. */
export interface BatchPhoto {
  id: string;
  origin: PhotoOrigin;
  /** The place on the body, from the patient facts or else from the file's name. */
  site: string | null;
  /** By which it is compared with others; null where it has none. */
  analysis: Likened | null;
}

export type Likened = Pick<Analysis, 'embedding' | 'provenance'>;

/** A lesion of the patient that is in the records. */
export interface KnownLesion {
  id: string;
  label: string;
  site: string | null;
  /** Its answers, the newest first. */
  analyses: readonly Likened[];
}

/** Photos that are proposed as one lesion. A person confirms it. */
export interface LesionProposal {
  photoIds: readonly string[];
  /** The lesion in the records that it may be; null for a new one. */
  known: KnownLesion | null;
  site: string | null;
  side: PhotoOrigin['side'];
  /** Why they are together; null for a single photo of a new lesion. */
  by: 'chosen' | 'name' | 'likeness' | null;
  /** The largest cosine distance among them; null where they are together by choice or by name. */
  distance: number | null;
}

/**
 * Up to this cosine distance two photos are proposed as one lesion. Proposed, not taken: it is shown with the
 * photos side by side, and one press parts them. `docs/design.md` has how it was measured.
 */
export const likeUpTo = 0.15;

interface Group {
  photos: BatchPhoto[];
  known: KnownLesion | null;
  by: LesionProposal['by'];
  distance: number | null;
}

/**
 * Puts photos of one patient together by place and likeness: those whose names say the same lesion, and those
 * that a network sees as alike and whose places do not contradict each other. Each photo is held against every
 * one that it would join, so that a chain of likenesses makes no lesion of two.
 */
export function proposeLesions(
  photos: readonly BatchPhoto[],
  known: readonly KnownLesion[],
): LesionProposal[] {
  const groups: Group[] = [];
  for (const photo of photos) {
    const found = nearest(groups, (group) => distanceTo(group, photo));
    if (found) {
      const { of: group, distance } = found;
      group.photos.push(photo);
      group.by = distance === null ? 'name' : 'likeness';
      group.distance = distance === null ? group.distance : Math.max(distance, group.distance ?? 0);
      continue;
    }
    groups.push({ photos: [photo], known: null, by: null, distance: null });
  }
  const left = new Set(known);
  for (const group of groups) {
    const found = nearest([...left], (lesion) => distanceToKnown(lesion, group.photos));
    if (!found) continue;
    left.delete(found.of);
    const by = found.distance === null ? 'chosen' : 'likeness';
    Object.assign(group, { known: found.of, by, distance: found.distance });
  }
  return groups.map(({ photos, known, by, distance }) => ({
    photoIds: photos.map(({ id }) => id),
    known,
    site: photos.find(({ site }) => site !== null)?.site ?? known?.site ?? null,
    side: photos.find(({ origin }) => origin.side !== null)?.origin.side ?? null,
    by,
    distance,
  }));
}

/** The nearest of those that are near enough; a distance of null, by name, goes before all. */
function nearest<T>(all: readonly T[], distanceOf: (of: T) => number | null | 'apart') {
  let best: { of: T; distance: number | null } | null = null;
  for (const of of all) {
    const distance = distanceOf(of);
    if (distance === 'apart' || (distance ?? 0) > likeUpTo) continue;
    if (!best || (distance ?? -1) < (best.distance ?? -1)) best = { of, distance };
  }
  return best;
}

/** The largest distance to a photo of the group; null where names say that it is the same lesion. */
function distanceTo({ photos }: Group, photo: BatchPhoto): number | null | 'apart' {
  if (!photos.every((other) => placesAgree(photo, other))) return 'apart';
  if (photos.some((other) => sameByName(photo, other))) return null;
  return largest(photos.map((other) => distanceBetween(photo.analysis, other.analysis)));
}

/**
 * The largest distance from the photos to the lesion's newest answer by the same package; null where they were
 * brought for this lesion.
 */
function distanceToKnown(lesion: KnownLesion, photos: readonly BatchPhoto[]): number | null | 'apart' {
  const meant = photos.find(({ origin }) => origin.lesionId !== null)?.origin.lesionId;
  if (meant) return meant === lesion.id ? null : 'apart';
  if (!photos.every(({ site }) => sitesAgree(site, lesion.site))) return 'apart';
  const distances = photos.map(({ analysis }) => {
    for (const other of lesion.analyses) {
      const distance = distanceBetween(analysis, other);
      if (distance !== 'apart') return distance;
    }
    return 'apart';
  });
  return largest(distances);
}

function largest(distances: readonly (number | 'apart')[]): number | 'apart' {
  const known = distances.filter((distance) => distance !== 'apart');
  return known.length < distances.length || known.length === 0 ? 'apart' : Math.max(...known);
}

const distanceBetween = (a: Likened | null, b: Likened | null): number | 'apart' =>
  (a && b && likenessDistance(a, b)) ?? 'apart';

function sameByName(a: BatchPhoto, b: BatchPhoto): boolean {
  if (a.origin.lesionId !== null && a.origin.lesionId === b.origin.lesionId) return true;
  const { lesion, side } = a.origin;
  return lesion !== null && lesion === b.origin.lesion && a.site === b.site && side === b.origin.side;
}

/** Nothing that their names or facts say tells them apart. */
function placesAgree(a: BatchPhoto, b: BatchPhoto): boolean {
  const agree = (one: string | null, other: string | null) => one === null || other === null || one === other;
  const [meant, other] = [a.origin.lesionId, b.origin.lesionId];
  if (meant !== null && meant === other) return true;
  return (
    agree(meant, other) &&
    sitesAgree(a.site, b.site) &&
    agree(a.origin.side, b.origin.side) &&
    agree(a.origin.lesion, b.origin.lesion)
  );
}

/** The same place, one within the other, or one that is not known. */
function sitesAgree(a: string | null, b: string | null): boolean {
  if (a === null || b === null || a === b) return true;
  const within = (place: string, group: string) => isBodyPlace(place) && groupOfPlace(place) === group;
  return within(a, b) || within(b, a);
}
