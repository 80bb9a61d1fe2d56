/** A plot as it stands on the page, as a file of its own. */

/** What the page's style sheets decide, and a file has to say itself. */
const styled = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-opacity',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'visibility',
] as const;

/**
 * The SVG with its colours and letters written into it, on the page's ground: it looks the same in any
 * program.
 */
export function svgText(plot: SVGSVGElement): string {
  const copy = plot.cloneNode(true) as SVGSVGElement;
  const originals = plot.querySelectorAll('*');
  copy.querySelectorAll('*').forEach((element, index) => {
    const original = originals[index];
    if (original) inline(element, original);
  });
  inline(copy, plot);
  const { width, height } = plot.getBoundingClientRect();
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(Math.round(width)));
  copy.setAttribute('height', String(Math.round(height)));
  if (!copy.hasAttribute('viewBox')) copy.setAttribute('viewBox', `0 0 ${width} ${height}`);
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  ground.setAttribute('width', '100%');
  ground.setAttribute('height', '100%');
  ground.setAttribute('fill', getComputedStyle(document.body).backgroundColor);
  copy.prepend(ground);
  return new XMLSerializer().serializeToString(copy);
}

/** The same as PNG, `scale` pixels for one of the page. */
export async function pngOf(plot: SVGSVGElement, scale = 3): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(plot))}`;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width * scale, image.height * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.convertToBlob({ type: 'image/png' });
}

function inline(element: Element, original: Element): void {
  const computed = getComputedStyle(original);
  for (const name of styled) {
    const value = computed.getPropertyValue(name);
    if (value) element.setAttribute(name, plainColour(value));
  }
  for (const name of ['class', 'style', 'tabindex', 'role', 'id']) element.removeAttribute(name);
}

/**
 * `color(srgb 0 0.5 1)`, which browsers make of mixed colours and other programs do not know, as `rgb(0, 128,
 * 255)`.
 */
export function plainColour(value: string): string {
  const match = /^color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)(?: \/ ([\d.e-]+))?\)$/.exec(value);
  if (!match) return value;
  const [red, green, blue] = match.slice(1, 4).map((part) => Math.round(255 * Number(part)));
  const opacity = match[4];
  return opacity === undefined
    ? `rgb(${red}, ${green}, ${blue})`
    : `rgba(${red}, ${green}, ${blue}, ${opacity})`;
}
