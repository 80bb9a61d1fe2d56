import { withoutPictureEnding } from '../image/file-names';
import { resolveNames } from './names';

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
  const asMask = (path: string) =>
    withoutPictureEnding(path).replace(maskFolders, '').replace(maskEnding, '');
  const asImage = (path: string) => path.replace(imageFolders, '');
  const claims = new Map<string, string[]>();
  const ambiguous: string[] = [];
  /** Gives the outlines that fit to their images; the others come back. */
  const match = (
    named: readonly Named[],
    photos: readonly Named[],
    may: (mask: string, image: string) => boolean,
  ): Named[] => {
    const found = resolveNames(
      named.map(({ name }) => name),
      photos.map(({ path, name }) => ({ path, as: name })),
    );
    return named.filter(({ path, name }) => {
      const image = found.get(name);
      if (image?.kind === 'ambiguous') ambiguous.push(path);
      else if (image?.kind === 'found' && !image.moved && may(path, image.path))
        claims.set(image.path, [...(claims.get(image.path) ?? []), path]);
      else return true;
      return false;
    });
  };
  const photos = images.map(({ path }) => ({ path, name: asImage(path) }));
  const left = match(
    masks.map(({ path }) => ({ path, name: asMask(path) })),
    photos,
    () => true,
  );
  const withoutKinds = ({ path, name }: Named) => ({ path, name: kindFolders(name).without });
  const stray = match(left.map(withoutKinds), left.length > 0 ? photos.map(withoutKinds) : [], sameSet);
  const byImage = new Map<string, string>();
  for (const [image, [mask, ...others]] of claims) {
    if (mask !== undefined && others.length === 0) byImage.set(image, mask);
    else ambiguous.push(...(mask === undefined ? [] : [mask]), ...others);
  }
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
