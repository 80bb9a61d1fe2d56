import { withoutPictureEnding } from '../image/file-names';
import { each, finish, type Steps } from '../steps';
import { resolvingNames } from './names';

/** Which true outline belongs to which image. */
export interface MatchedMasks {
  /** The path of the outline, by the path of the image. */
  byImage: ReadonlyMap<string, string>;
  /** Outlines that fit several images, or an image with another outline. */
  ambiguous: string[];
  /** Outlines without an image, or with one of their name only in a folder that speaks against their own. */
  stray: string[];
}

const maskFolders = /(^|\/)(masks?|segmentations?|groundtruth)(?=\/)/gi;
const imageFolders = /(^|\/)(images?|photos?|inputs?)(?=\/)/gi;
const maskEnding = /_(mask|segmentation)$/i;

/** Whether a picture is a true outline, by its folder or its name. */
export const isMask = (path: string): boolean =>
  path.search(maskFolders) >= 0 || maskEnding.test(withoutPictureEnding(path));

/** Words in the name of a folder of a data set that say what lies in it. */
const kinds = new Set(
  'mask masks segmentation segmentations groundtruth image images photo photos input inputs data'.split(' '),
);

interface Named {
  path: string;
  /** What is compared: the path without what says outline or image. */
  name: string;
}

/**
 * Matches outlines to images of the same name, without ending and without "_mask" or "_segmentation", by the
 * longest path that fits: folders "masks" and "images" do not count, nor the folders of data sets that say
 * outline and image in longer names ("Training_GroundTruth", "Training_Input") unless their other words speak
 * against each other. An outline is never given to one of two images that it fits equally well, nor to an
 * image of the same name in a folder that speaks against its own.
 */
export function masksOf(
  masks: readonly { path: string }[],
  images: readonly { path: string }[],
): MatchedMasks {
  return finish(matchingMasks(masks, images));
}

/** As `masksOf`, in steps. */
export function* matchingMasks(
  masks: readonly { path: string }[],
  images: readonly { path: string }[],
): Steps<MatchedMasks> {
  // Most folders have none, and then every image need not be looked at.
  if (masks.length === 0) return { byImage: new Map(), ambiguous: [], stray: [] };
  const asMask = (path: string) =>
    withoutPictureEnding(path).replace(maskFolders, '').replace(maskEnding, '');
  const asImage = (path: string) => path.replace(imageFolders, '');
  const claims = new Map<string, string[]>();
  const ambiguous: string[] = [];
  /** Gives the outlines that fit to their images; the others come back. */
  function* match(
    named: readonly Named[],
    photos: readonly Named[],
    may: (mask: string, image: string) => boolean,
  ): Steps<Named[]> {
    const found = yield* resolvingNames(
      named.map(({ name }) => name),
      photos.map(({ path, name }) => ({ path, as: name })),
    );
    const left: Named[] = [];
    yield* each(named, (mask) => {
      const { path, name } = mask;
      const image = found.get(name);
      if (image?.kind === 'ambiguous') ambiguous.push(path);
      else if (image?.kind === 'found' && !image.moved && may(path, image.path)) {
        const same = claims.get(image.path);
        if (same) same.push(path);
        else claims.set(image.path, [path]);
      } else left.push(mask);
    });
    return left;
  }
  const photos: Named[] = [];
  yield* each(images, ({ path }) => photos.push({ path, name: asImage(path) }));
  const outlines: Named[] = [];
  yield* each(masks, ({ path }) => outlines.push({ path, name: asMask(path) }));
  const left = yield* match(outlines, photos, () => true);
  const withoutKinds = function* (all: readonly Named[]): Steps<Named[]> {
    const made: Named[] = [];
    yield* each(all, ({ path, name }) => made.push({ path, name: kindFolders(name).without }));
    return made;
  };
  const stray =
    left.length > 0 ? yield* match(yield* withoutKinds(left), yield* withoutKinds(photos), sameSet) : [];
  const byImage = new Map<string, string>();
  yield* each(claims, ([image, [mask, ...others]]) => {
    if (mask !== undefined && others.length === 0) byImage.set(image, mask);
    else ambiguous.push(...(mask === undefined ? [] : [mask]), ...others);
  });
  return { byImage, ambiguous: ambiguous.sort(), stray: stray.map(({ path }) => path) };
}

/** A path without the folders whose names say outline or image, and the other words of these names. */
function kindFolders(path: string): { without: string; words: string[] } {
  const parts = path.split('/');
  const leaf = parts.pop() ?? '';
  const words: string[] = [];
  const folders = parts.filter((folder) => {
    const all = folder
      .toLowerCase()
      .replace(/ground[ _-]truth/g, 'groundtruth')
      // The parts of a data set are numbered apart for its outlines.
      .replace(/(part|task)[ _-]?\d+(-\d+)?/g, ' ')
      .split(/[^\p{L}\d]+/u)
      .filter(Boolean);
    if (!all.some((word) => kinds.has(word))) return true;
    words.push(...all.filter((word) => !kinds.has(word)));
    return false;
  });
  return { without: [...folders, leaf].join('/'), words };
}

/** Whether the words of the one's folders are among those of the other's: not "2023_photos" and "2024_masks". */
function sameSet(mask: string, image: string): boolean {
  const [ours, theirs] = [kindFolders(mask).words, kindFolders(image).words];
  return ours.every((word) => theirs.includes(word)) || theirs.every((word) => ours.includes(word));
}
