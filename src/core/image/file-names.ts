/** What a file's name says of the file. The bytes have the last word (engine/input/sniff.ts). */

const pictureEnding = /\.(jpe?g|jpe|jfif|png|webp|hei[cf]|dcm|dicom)$/i;
/** An ending has a letter in it: what follows the last point of a DICOM file's UID has none. */
const anyEnding = /\.(?=\w*[a-z])\w{1,5}$/i;

/** The file's own name, without the folders before it. `path` uses forward slashes. */
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Whether the name ends as pictures do. */
export const hasPictureEnding = (path: string): boolean => pictureEnding.test(path);

/** The path without the ending of a picture; "slide.100x" and the UID of a DICOM file stay whole. */
export const withoutPictureEnding = (path: string): string => path.replace(pictureEnding, '');

/**
 * Whether a path leads through something hidden: ".DS_Store", and "._photo.jpg", which a Mac writes beside
 * each file of a stick.
 */
export const isHidden = (path: string): boolean => /(^|\/)(\.(?!\.?\/)|__MACOSX\/)/.test(path);

/**
 * Whether a file of a folder is worth opening: folders hold tables and hidden files too. DICOM files often
 * have no ending, and are then named by a number ("IM0001") or a UID; "README" and "LICENSE" have none
 * either.
 */
export function mayBePhoto(path: string): boolean {
  const name = nameOf(path);
  if (isHidden(path) || name.toUpperCase() === 'DICOMDIR') return false;
  return hasPictureEnding(name) || (!anyEnding.test(name) && /\d/.test(name));
}
