/**
 * `npx tsx scripts/measure-viewfinder.ts [--data folder] [--photos n]`: where the viewfinder aims at outlined phone
 * photos, and how many it takes for good as they are (src/core/quality/guidance.ts). Prints the figures of
 * docs/self-check.md.
 */
import { centreSquare } from '../src/core/geometry';
import { guide, locateLesion } from '../src/core/quality/guidance';
import type { Raster } from '../src/core/raster';
import { main } from './command';
import { dataFolder, evenly, readMask, readPhoto, rowsOf } from './real-photos';
import { frameOf } from './viewfinder-frame';

await main(async () => {
  const words = process.argv.slice(2);
  const data = dataFolder(words);
  const at = words.indexOf('--photos');
  const outlined = rowsOf(data, 'phone').filter(({ has_mask }) => has_mask === '1');
  const some = evenly(outlined, at >= 0 ? Number(words[at + 1]) : 150);
  let [aimed, good, none] = [0, 0, 0];
  for (const { image_id: id = '' } of some) {
    const photo = readPhoto(data, 'phone', id);
    const frame = frameOf(photo);
    const spot = locateLesion(frame);
    if (!spot) none += 1;
    else if (isInside(spot, photo, readMask(data, 'phone', id))) aimed += 1;
    if (guide(frame, 'phone').hint === null) good += 1;
  }
  console.log(`${some.length} outlined phone photos`);
  console.log(`the spot lies inside the outlined one's box: ${aimed}`);
  console.log(`good as they are: ${good}`);
  console.log(`without a spot: ${none}`);
  return 0;
});

/** Whether a place of the central square lies inside the box around the outline. */
function isInside(
  spot: { x: number; y: number },
  photo: { width: number; height: number },
  { width, height, data }: Raster,
): boolean {
  const { left, top, side } = centreSquare(photo.width, photo.height);
  const [x, y] = [
    ((left + spot.x * side) * width) / photo.width,
    ((top + spot.y * side) * height) / photo.height,
  ];
  let box = { left: width, right: -1, top: height, bottom: -1 };
  data.forEach((value, pixel) => {
    if (value === 0) return;
    const [column, row] = [pixel % width, Math.floor(pixel / width)];
    box = {
      left: Math.min(box.left, column),
      right: Math.max(box.right, column + 1),
      top: Math.min(box.top, row),
      bottom: Math.max(box.bottom, row + 1),
    };
  });
  return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}
