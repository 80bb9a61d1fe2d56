import { svgText } from '../../../ui/plots/picture';

interface About {
  language: string;
  title: string;
  /** Lines below the title. */
  facts: string[];
  disclaimer: string;
}

const look = `
body { max-width: 62rem; margin: 2rem auto; padding: 0 1.5rem; font: 15px/1.5 system-ui, sans-serif; color: #1c2425; background: #fff; }
h1 { font-size: 1.7rem; } h2 { margin-top: 2.2rem; font-size: 1.25rem; } h2[data-model] { margin-top: 3rem; padding-top: 1rem; border-top: 2px solid #1c2425; font-size: 1.45rem; } h3 { font-size: 1rem; margin-bottom: .4rem; }
table { border-collapse: collapse; width: 100%; } th, td { padding: .35rem .6rem; border-bottom: 1px solid #dfe4e4; text-align: left; vertical-align: top; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: .75rem; } dl > div { border: 1px solid #dfe4e4; border-radius: .5rem; padding: .6rem .8rem; }
dt { color: #5a6566; font-size: .85rem; } dd { margin: 0; font-size: 1.3rem; font-weight: 600; } dd span + span, td span + span, th span { display: block; color: #5a6566; font-size: .8rem; font-weight: 400; }
figure { margin: 1.5rem 0; break-inside: avoid; } figure svg { max-width: 34rem; height: auto; } figcaption { color: #5a6566; font-size: .85rem; max-width: 34rem; }
.disclaimer { padding: .8rem 1rem; border: 1.5px solid #7a8686; border-radius: .5rem; font-weight: 600; } .facts { color: #5a6566; font-size: .85rem; overflow-wrap: anywhere; }
`;

/**
 * The results as one HTML file that needs nothing else: what stands on the page, its plots as SVG, without
 * what can be pressed.
 */
export function reportPage(results: HTMLElement, { language, title, facts, disclaimer }: About): string {
  const copy = results.cloneNode(true) as HTMLElement;
  const plots = results.querySelectorAll('figure[data-plot]');
  copy.querySelectorAll('figure[data-plot]').forEach((figure, index) => {
    const original = plots[index];
    const svg = original?.querySelector<SVGSVGElement>('figure > div:not(:first-child) svg');
    const heading = document.createElement('h3');
    heading.textContent = original?.getAttribute('data-heading') ?? '';
    const caption = figure.querySelector('figcaption');
    const picture = document.createElement('div');
    if (svg) picture.innerHTML = inLightColours(() => svgText(svg));
    figure.replaceChildren(heading, picture, ...(caption ? [caption] : []));
  });
  for (const pressed of copy.querySelectorAll(
    'button, input, select, [role="slider"], [role="radiogroup"], label, [data-no-report]',
  ))
    pressed.remove();
  for (const element of copy.querySelectorAll('*')) {
    if (element.closest('svg')) continue;
    for (const name of [
      'class',
      'style',
      'tabindex',
      'id',
      'role',
      'aria-labelledby',
      'aria-live',
      'aria-label',
      'aria-hidden',
    ])
      element.removeAttribute(name);
  }
  const text = (words: string) => words.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${text(title)}</title><style>${look}</style></head><body>
<h1>${text(title)}</h1><p class="disclaimer">${text(disclaimer)}</p>
<p class="facts">${facts.map(text).join('<br>')}</p>
${copy.innerHTML}
</body></html>
`;
}

/** The report is printed on white, whatever the page's own ground is. Nothing is painted in between. */
function inLightColours(read: () => string): string {
  const page = document.documentElement.dataset;
  const before = page.mantineColorScheme;
  page.mantineColorScheme = 'light';
  const text = read();
  page.mantineColorScheme = before;
  return text;
}
