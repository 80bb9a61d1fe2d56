/**
 * Draws a photo with white behind what is transparent, as the model saw it. Every canvas that a photo is drawn
 * on goes through here: left out, what is transparent becomes black in a JPEG, and in pixels that are read.
 * `width`, `height`: in the units of the context; with `top` the photo is moved up by as much and keeps its size.
 */
export function drawOnWhite(
  context: OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D,
  photo: CanvasImageSource,
  { width, height, top = null }: { width: number; height: number; top?: number | null },
): void {
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  if (top === null) context.drawImage(photo, 0, 0, width, height);
  else context.drawImage(photo, 0, -top);
}
