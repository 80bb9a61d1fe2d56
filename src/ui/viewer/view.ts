import type { Point, Size } from '../../core/geometry';

/** How a photo is looked at on a stage. */
export interface View {
  /** 1 shows the whole photo, 2 twice as large. */
  zoom: number;
  /** The place of the photo in the middle of the stage, in its pixels. */
  centre: Point;
}

/** Where the photo lies on the stage, in pixels of the screen. */
export interface Placement extends Size {
  left: number;
  top: number;
}

/** Pixels of the screen that one pixel of the photo may cover at most. */
const closest = 16;

export const wholePhoto = ({ width, height }: Size): View => ({
  zoom: 1,
  centre: { x: width / 2, y: height / 2 },
});

/** Screen pixels a photo pixel at which the whole photo fits the stage. */
const fitScale = (photo: Size, stage: Size) =>
  Math.min(stage.width / photo.width, stage.height / photo.height);

/**
 * The largest zoom: a photo pixel covers `closest` screen pixels, or four where the photo is smaller than
 * that already.
 */
export const largestZoom = (photo: Size, stage: Size) => Math.max(4, closest / fitScale(photo, stage));

export function placementOf({ zoom, centre }: View, photo: Size, stage: Size): Placement {
  const scale = zoom * fitScale(photo, stage);
  return {
    left: stage.width / 2 - centre.x * scale,
    top: stage.height / 2 - centre.y * scale,
    width: photo.width * scale,
    height: photo.height * scale,
  };
}

/**
 * Enlarged by a factor; the place of the photo under `at` (pixels of the stage) stays where it is, as far as
 * the edges allow.
 */
export function zoomedAt(view: View, factor: number, at: Point, photo: Size, stage: Size): View {
  const before = fitScale(photo, stage) * view.zoom;
  const zoom = Math.max(1, Math.min(view.zoom * factor, largestZoom(photo, stage)));
  const after = fitScale(photo, stage) * zoom;
  const shift = (place: number, middle: number) => (place - middle) * (1 / before - 1 / after);
  const centre = {
    x: view.centre.x + shift(at.x, stage.width / 2),
    y: view.centre.y + shift(at.y, stage.height / 2),
  };
  return within({ zoom, centre }, photo, stage);
}

/** Moved by pixels of the screen: a positive `x` brings in what lies at the left. */
export function movedBy(view: View, { x, y }: Point, photo: Size, stage: Size): View {
  const scale = fitScale(photo, stage) * view.zoom;
  return within(
    { ...view, centre: { x: view.centre.x - x / scale, y: view.centre.y - y / scale } },
    photo,
    stage,
  );
}

/** No empty ground where there is photo to show; a side that fits the stage stays in its middle. */
function within({ zoom, centre }: View, photo: Size, stage: Size): View {
  const scale = fitScale(photo, stage) * zoom;
  const held = (place: number, length: number, room: number) => {
    const half = room / scale / 2;
    return 2 * half >= length ? length / 2 : Math.max(half, Math.min(place, length - half));
  };
  return {
    zoom,
    centre: { x: held(centre.x, photo.width, stage.width), y: held(centre.y, photo.height, stage.height) },
  };
}
