import type { Block, ReportHead } from '../../../report/blocks';

const look = `
body { max-width: 62rem; margin: 2rem auto; padding: 0 1.5rem; font: 15px/1.5 system-ui, sans-serif; color: #1c2425; background: #fff; }
h1 { font-size: 1.7rem; } h2 { margin-top: 2.2rem; font-size: 1.25rem; } h3 { font-size: 1rem; margin-bottom: .4rem; }
table { border-collapse: collapse; width: 100%; } th, td { padding: .35rem .6rem; border-bottom: 1px solid #dfe4e4; text-align: left; vertical-align: top; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: .75rem; } dl > div { border: 1px solid #dfe4e4; border-radius: .5rem; padding: .6rem .8rem; }
dt { color: #5a6566; font-size: .85rem; } dd { margin: 0; font-size: 1.3rem; font-weight: 600; } dd span, td span, th span { display: block; color: #5a6566; font-size: .8rem; font-weight: 400; }
figure { margin: 1.5rem 0; break-inside: avoid; } figure svg { max-width: 34rem; height: auto; } figcaption { color: #5a6566; font-size: .85rem; max-width: 34rem; }
.disclaimer { padding: .8rem 1rem; border: 1.5px solid #7a8686; border-radius: .5rem; font-weight: 600; } .facts { color: #5a6566; font-size: .85rem; overflow-wrap: anywhere; }
`;

/** The blocks as one HTML file that needs nothing else: no script, no font, no picture from elsewhere. */
export function reportPage(
  blocks: readonly Block[],
  { language, title, facts }: ReportHead,
  disclaimer: string,
): string {
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${text(title)}</title><style>${look}</style></head><body>
<h1>${text(title)}</h1><p class="disclaimer">${text(disclaimer)}</p>
<p class="facts">${facts.map(text).join('<br>')}</p>
${blocks.map(blockText).join('\n')}
</body></html>
`;
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${text(block.text)}</h${block.level}>`;
    case 'paragraph':
      return `<p>${text(block.text)}</p>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${text(item)}</li>`).join('')}</ul>`;
    case 'figures':
      return `<dl>${block.items
        .map(
          ({ label, value, below }) =>
            `<div><dt>${text(label)}</dt><dd>${cell([value, ...below])}</dd></div>`,
        )
        .join('')}</dl>`;
    case 'table': {
      const head = block.head.map((lines) => `<th scope="col">${cell(lines)}</th>`).join('');
      const rows = block.rows.map(
        ([name = [], ...others]) =>
          `<tr><th scope="row">${cell(name)}</th>${others.map((lines) => `<td>${cell(lines)}</td>`).join('')}</tr>`,
      );
      return `<table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
    }
    case 'plot':
      return `<h3>${text(block.heading)}</h3><figure>${block.svg}<figcaption>${text(block.caption)}</figcaption></figure>`;
  }
}

const cell = ([first = '', ...others]: readonly string[]) =>
  text(first) + others.map((line) => `<span>${text(line)}</span>`).join('');

const text = (words: string) => words.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
