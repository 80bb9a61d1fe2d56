import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { PNG } from 'pngjs';

/** A drawn spot: an ellipse around the middle of a square photo. */
interface Ellipse {
  across: number;
  down: number;
  /** How far its middle lies to the right of the photo's. */
  aside: number;
}

export interface DrawnImage {
  file: string;
  label: 'nevus' | 'melanoma';
  /** Dice and Jaccard of the drawn spot against the mask beside it. */
  dice: number;
  jaccard: number;
}

const side = 96;

/**
 * A folder as a clinic might have it, of drawings: half of them called nevus, half melanoma, dark spots on
 * light ground in colours that differ from one to the next; `masks/` holds outlines of which every third lies
 * aside of the spot. They show no person.
 */
export function drawArchive(folder: string, count: number): DrawnImage[] {
  mkdirSync(join(folder, 'masks'), { recursive: true });
  const images = Array.from({ length: count }, (_, index): DrawnImage => {
    const file = `spot-${String(index).padStart(4, '0')}.png`;
    const dark = index % 2 === 1;
    // Some are not what they look like.
    const label = dark !== (index % 9 === 4) ? 'melanoma' : 'nevus';
    // The golden ratio spreads colours evenly, and the same way each time.
    const shade = (index * 0.618034) % 1;
    const spot = { across: 18 + (index % 7), down: 24 - (index % 5), aside: 0 };
    const mask = { ...spot, aside: index % 3 === 2 ? 8 : 0 };
    const [red, blue] = dark ? [40 + 50 * shade, 70 - 40 * shade] : [110 - 60 * shade, 20];
    writeFileSync(join(folder, file), paint(spot, [red, 30 + 30 * shade, blue], [225, 190, 170]));
    writeFileSync(join(folder, 'masks', file), paint(mask, [255, 255, 255], [0, 0, 0]));
    return { file, label, ...agreement(spot, mask) };
  });
  const rows = images.map(({ file, label }, index) => ({
    file,
    label,
    age: 20 + (index % 60),
    sex: index % 4 < 2 ? 'female' : 'male',
    site: index % 2 ? 'back' : 'face',
    lesion_id: `L${index >> 1}`,
  }));
  writeFileSync(join(folder, 'labels.csv'), Papa.unparse(rows));
  return images;
}

const inside = ({ across, down, aside }: Ellipse, x: number, y: number) =>
  ((x + 0.5 - side / 2 - aside) / across) ** 2 + ((y + 0.5 - side / 2) / down) ** 2 < 1;

function paint(spot: Ellipse, within: number[], without: number[]): Buffer {
  const png = new PNG({ width: side, height: side });
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      png.data.set([...(inside(spot, x, y) ? within : without), 255], 4 * (y * side + x));
    }
  }
  return PNG.sync.write(png);
}

function agreement(spot: Ellipse, mask: Ellipse): { dice: number; jaccard: number } {
  let [both, either] = [0, 0];
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [a, b] = [inside(spot, x, y), inside(mask, x, y)];
      both += Number(a && b);
      either += Number(a || b);
    }
  }
  return { dice: (2 * both) / (both + either), jaccard: both / either };
}
