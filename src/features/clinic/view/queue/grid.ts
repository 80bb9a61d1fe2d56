/** The measures of the grid, in CSS pixels. */

/** A tile is at least so wide: a lesion of a third of the photo is then a centimetre on the screen. */
const leastTile = 112;
export const gridGap = 6;
/** The name under the picture, and two lines of what cannot be ruled out under that. */
const caption = 56;

/** How many tiles stand beside each other; `width`: of the whole grid, 0 before it is measured. */
export const columnsIn = (width: number): number =>
  Math.max(2, Math.floor((width + gridGap) / (leastTile + gridGap)));

/** A square picture with its caption. */
export const tileHeight = (width: number): number =>
  Math.round((width - gridGap * (columnsIn(width) - 1)) / columnsIn(width)) + caption;
