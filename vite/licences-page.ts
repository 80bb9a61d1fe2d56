import type { Card } from '../src/core/card/card';
import { escapeHtml } from './escape-html.ts';
import type { SourceOf } from './heic-decoder.ts';

export interface PackageLicence {
  name: string;
  version: string;
  /** The SPDX expression of its package.json. */
  licence: string;
  /** The licence files that it ships; empty where it ships none. */
  texts: string[];
}

export interface LicencesContent {
  code: string;
  notice: string;
  weights: Pick<Card, 'id' | 'title' | 'version' | 'licence' | 'data'>[];
  packages: PackageLicence[];
  gpl: string;
  /** The libraries that open HEIC photos. */
  decoder: SourceOf[];
}

/** A page of plain HTML, readable without the app. */
export function licencesPage({ code, notice, weights, packages, gpl, decoder }: LicencesContent): string {
  const rows = weights.map(
    ({ id, title, version, licence, data }) =>
      `<tr><th scope="row">${escapeHtml(title.en)} <small>${escapeHtml(id)} ${escapeHtml(version)}</small></th><td>${escapeHtml(licence)}</td>` +
      `<td>${escapeHtml(data.name)} (${escapeHtml(data.licence)})</td></tr>`,
  );
  const others = packages.map(
    ({ name, version, licence, texts }) =>
      `<details><summary>${escapeHtml(name)} ${escapeHtml(version)}: ${escapeHtml(licence)}</summary>${
        texts.length > 0
          ? texts.map(pre).join('')
          : '<p>Ships no licence text of its own; the licence named is that of its package.json.</p>'
      }</details>`,
  );
  const sources = decoder.map(({ name, version, source }) => {
    const address = escapeHtml(source);
    return `<li>${escapeHtml(name)} ${escapeHtml(version)}: <a href="${address}">${address}</a></li>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Licences · Lentigo</title>
<style>
body { max-width: 60rem; margin: 0 auto; padding: 1.5rem; font: 1rem/1.5 system-ui, sans-serif; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: 0.85rem; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: 0.4rem 0.75rem 0.4rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid #8884; }
th { font-weight: 500; } summary { padding: 0.3rem 0; cursor: pointer; }
</style>
</head>
<body>
<main>
<h1>Licences</h1>
<p><a href="./">Back to Lentigo</a></p>
<p>The code of Lentigo is under the Apache License 2.0. The weights of its models are not: each has the licence that its data allow.</p>
<h2>Weights</h2>
<table><thead><tr><th scope="col">Model</th><th scope="col">Licence of the weights</th><th scope="col">Learned from</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table>
<h2>Notice</h2>
${pre(notice)}
<h2>Apache License 2.0</h2>
<details><summary>Text of the licence</summary>${pre(code)}</details>
<h2>Packages in this build</h2>
${others.join('\n')}
<h2>Source of the HEIC decoder</h2>
<p>libheif and libde265 are under the LGPL 3.0, in a file of its own under assets/ (libheif-*.js), which can be replaced by another build of it.</p>
<ul>${sources.join('')}</ul>
<h2>GNU General Public License 3.0</h2>
<p>The GNU Lesser General Public License 3.0, under which libheif and libde265 are, adds to this text. Lentigo itself is not under it.</p>
<details><summary>Text of the licence</summary>${pre(gpl)}</details>
</main>
</body>
</html>
`;
}

const pre = (text: string) => `<pre tabindex="0">${escapeHtml(text.trim())}</pre>`;
