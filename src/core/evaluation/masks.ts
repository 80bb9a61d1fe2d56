import { withoutPictureEnding } from '../image/file-names';
import { resolveNames } from './names';

/** Which true outline belongs to which image. */
export interface MatchedMasks {
  /** The path of the outline, by the path of the image. */
  byImage: ReadonlyMap<string, string>;
  /** Outlines that fit several images, or an image with another outline. */
  ambiguous: string[];
  /** Outlines without an image. */
  stray: string[];
}

const maskFolders = /(^|\/)(masks?|segmentations?|groundtruth)(?=\/)/gi;
const imageFolders = /(^|\/)(images?|photos?|inputs?)(?=\/)/gi;
const maskEnding = /_(mask|segmentation)$/i;

/** Whether a picture is a true outline, by its folder or its name. */
export const isMask = (path: string): boolean =>
  path.search(maskFolders) >= 0 || maskEnding.test(withoutPictureEnding(path));

/**
 * Matches outlines to images of the same name, without ending and without "_mask" or "_segmentation", by the
 * longest path that fits: folders "masks" and "images" do not count. An outline is never given to one of two
 * images that it fits equally well.
 */
export function masksOf(
  masks: readonly { path: string }[],
  images: readonly { path: string }[],
): MatchedMasks {
  const asMask = (path: string) =>
    withoutPictureEnding(path).replace(maskFolders, '').replace(maskEnding, '');
  const names = masks.map(({ path }) => ({ path, name: asMask(path) }));
  const found = resolveNames(
    names.map(({ name }) => name),
    images.map(({ path }) => ({ path, as: path.replace(imageFolders, '') })),
  );
  const claims = new Map<string, string[]>();
  const [ambiguous, stray]: [string[], string[]] = [[], []];
  for (const { path, name } of names) {
    const image = found.get(name);
    if (image?.kind === 'found') claims.set(image.path, [...(claims.get(image.path) ?? []), path]);
    else (image?.kind === 'ambiguous' ? ambiguous : stray).push(path);
  }
  const byImage = new Map<string, string>();
  for (const [image, [mask, ...others]] of claims) {
    if (mask !== undefined && others.length === 0) byImage.set(image, mask);
    else ambiguous.push(...(mask === undefined ? [] : [mask]), ...others);
  }
  return { byImage, ambiguous: ambiguous.sort(), stray };
}
