import fontkit from '@cantoo/fontkit';
import {
  type Color,
  PDFDocument,
  type PDFFont,
  type PDFImage,
  type PDFPage,
  rgb,
  StandardFonts,
} from '@cantoo/pdf-lib';

/** A4 in points. */
const paper = { width: 595.28, height: 841.89 };
const margin = 40;
/** Kept free at the foot of every page. */
const footHeight = 46;
const usable = paper.height - 2 * margin - footHeight;

const ink = rgb(0.1, 0.11, 0.13);
export const faint = rgb(0.38, 0.41, 0.45);
export const accent = rgb(0, 0.45, 0.45);

export interface TextStyle {
  size: number;
  colour?: Color;
}

/** A stretch of the page's width; the whole width where it is left out. */
export interface Column {
  left?: number;
  width?: number;
}

/**
 * Pages that are filled from the top down; what does not fit starts a new one. Text is set in the Korean
 * font, which has Latin letters too; characters that it lacks, such as accented ones, in Helvetica; what
 * neither has is shown as an empty box.
 */
export class PdfPages {
  readonly left = margin;
  readonly width = paper.width - 2 * margin;
  /** Where the next thing goes, from the bottom of the page. */
  y = paper.height - margin;
  private page: PDFPage;
  /** True while something is only measured: nothing is drawn then, and no page begins. */
  private measuring = false;
  private readonly widths = new Map<string, number>();

  private constructor(
    readonly document: PDFDocument,
    private readonly korean: PDFFont,
    private readonly latin: PDFFont,
    private readonly inKorean: ReadonlySet<number>,
    private readonly inLatin: ReadonlySet<number>,
  ) {
    this.page = document.addPage([paper.width, paper.height]);
  }

  static async start(koreanFont: Uint8Array): Promise<PdfPages> {
    const document = await PDFDocument.create();
    document.registerFontkit(fontkit);
    // Only the glyphs in use go into the file. Ligatures would be lost when text is copied out.
    const korean = await document.embedFont(koreanFont, { subset: true, features: { liga: false } });
    const latin = await document.embedFont(StandardFonts.Helvetica);
    return new PdfPages(
      document,
      korean,
      latin,
      new Set(korean.getCharacterSet()),
      new Set(latin.getCharacterSet()),
    );
  }

  /** Starts a new page unless that much height is left. */
  need(height: number): void {
    if (this.measuring || this.y - height >= margin + footHeight) return;
    this.newPage();
  }

  newPage(): void {
    this.page = this.document.addPage([paper.width, paper.height]);
    this.y = paper.height - margin;
  }

  /** What `draw` would take of the height. */
  heightOf(draw: () => void): number {
    const { y, measuring } = this;
    this.measuring = true;
    draw();
    const height = y - this.y;
    Object.assign(this, { y, measuring });
    return height;
  }

  /** Draws on one page, the next one if need be. What is higher than a page flows over its end. */
  together(draw: () => void): void {
    const height = this.heightOf(draw);
    if (height <= usable) this.need(height);
    draw();
  }

  /** One item after the other, each whole. The last never begins a page alone: the one before it goes along. */
  list(items: readonly (() => void)[]): void {
    for (const draw of items.slice(0, -2)) this.together(draw);
    this.together(() => {
      for (const draw of items.slice(-2)) draw();
    });
  }

  /** Draws side by side from the present height on; goes on below the lowest. They stay on one page. */
  sideBySide(...parts: (() => void)[]): void {
    this.need(Math.min(usable, Math.max(...parts.map((part) => this.heightOf(part)))));
    const top = this.y;
    const ends = parts.map((draw) => {
      this.y = top;
      draw();
      return this.y;
    });
    this.y = Math.min(...ends);
  }

  /** Text that flows, in lines of `width`; moves down by what it takes. */
  paragraph(text: string, style: TextStyle, { left = this.left, width = this.width }: Column = {}): void {
    for (const line of this.lines(text, style.size, width)) {
      this.need(lineHeight(style.size));
      this.y -= lineHeight(style.size);
      this.line(line, left, this.y, style);
    }
  }

  /** A label and a text beside it that may take several lines, also over the end of a page: two at least on each. */
  row(
    label: string,
    value: string,
    style: TextStyle,
    labelWidth: number,
    { left = this.left, width = this.width }: Column = {},
  ): void {
    const labels = this.lines(label, style.size, labelWidth - 8);
    const values = this.lines(value, style.size, width - labelWidth);
    const count = Math.max(labels.length, values.length);
    for (let index = 0; index < count; index++) {
      const isPaired = count > 1 && (index === 0 || index === count - 2);
      this.need((isPaired ? 2 : 1) * lineHeight(style.size));
      this.y -= lineHeight(style.size);
      this.line(labels[index] ?? '', left, this.y, { ...style, colour: faint });
      this.line(values[index] ?? '', left + labelWidth, this.y, style);
    }
    this.y -= 0.2 * style.size;
  }

  /** One line at a place of the present page. */
  line(text: string, left: number, y: number, { size, colour = ink }: TextStyle): void {
    if (!this.measuring) drawRuns(this.page, this.runs(text), left, y, size, colour);
  }

  rectangle(left: number, y: number, width: number, height: number, colour: Color): void {
    if (this.measuring) return;
    this.page.drawRectangle({ x: left, y, width, height, color: colour });
  }

  /** An SVG path whose origin lies at a place of the present page, its y axis going down. */
  path(d: string, left: number, y: number, scale: number, colour: Color, border?: Color): void {
    if (this.measuring) return;
    const edge = border ? { borderColor: border, borderWidth: 0.5 } : {};
    this.page.drawSvgPath(d, { x: left, y, scale, color: colour, ...edge });
  }

  circle(x: number, y: number, radius: number, colour: Color, border: Color): void {
    if (this.measuring) return;
    this.page.drawCircle({ x, y, size: radius, color: colour, borderColor: border, borderWidth: 1 });
  }

  image(image: PDFImage, left: number, y: number, width: number, height: number): void {
    if (!this.measuring) this.page.drawImage(image, { x: left, y, width, height });
  }

  /** Writes the foot of every page, when it is known how many there are. */
  feet(lines: readonly string[], pageNumber: (page: number, pages: number) => string): void {
    const pages = this.document.getPages();
    const style = { size: 7, colour: ink };
    const wrapped = lines.flatMap((text) => this.lines(text, style.size, this.width));
    pages.forEach((page, index) => {
      page.drawLine({
        start: { x: margin, y: margin + footHeight - 10 },
        end: { x: paper.width - margin, y: margin + footHeight - 10 },
        thickness: 0.5,
        color: faint,
      });
      const number = pageNumber(index + 1, pages.length);
      [...wrapped, number].forEach((text, row) => {
        const y = margin + footHeight - 20 - row * lineHeight(style.size);
        drawRuns(page, this.runs(text), margin, y, style.size, text === number ? faint : style.colour);
      });
    });
  }

  /** Points that a text takes in one line. */
  widthOf(text: string, size: number): number {
    return [...clean(text)].reduce((sum, character) => sum + this.characterWidth(character), 0) * size;
  }

  /** Breaks at spaces, and within a word that is wider than a line. */
  private lines(text: string, size: number, width: number): string[] {
    return clean(text)
      .split('\n')
      .flatMap((paragraph) => {
        const lines: string[] = [];
        let line = '';
        for (const word of paragraph.split(/(?<= )/)) {
          if (line && this.widthOf((line + word).trimEnd(), size) > width) {
            lines.push(line.trimEnd());
            line = '';
          }
          for (const character of word) {
            if (line && this.widthOf((line + character).trimEnd(), size) > width) {
              lines.push(line.trimEnd());
              line = '';
            }
            line += character;
          }
        }
        return [...lines, line.trimEnd()];
      });
  }

  private characterWidth(character: string): number {
    const known = this.widths.get(character);
    if (known !== undefined) return known;
    const [run] = this.runs(character);
    const width = run ? run.font.widthOfTextAtSize(run.text, 1000) / 1000 : 0;
    this.widths.set(character, width);
    return width;
  }

  /** Stretches of text with the font that has their characters. */
  private runs(text: string): Run[] {
    const runs: Run[] = [];
    for (const character of clean(text)) {
      const code = character.codePointAt(0) ?? 0;
      const font = !this.inKorean.has(code) && this.inLatin.has(code) ? this.latin : this.korean;
      const shown = this.inKorean.has(code) || this.inLatin.has(code) ? character : '□';
      const last = runs.at(-1);
      if (last?.font === font) last.text += shown;
      else runs.push({ font, text: shown });
    }
    return runs;
  }
}

interface Run {
  font: PDFFont;
  text: string;
}

export const lineHeight = (size: number) => 1.4 * size;

function drawRuns(
  page: PDFPage,
  runs: readonly Run[],
  left: number,
  y: number,
  size: number,
  colour: Color,
): void {
  let x = left;
  for (const { font, text } of runs) {
    page.drawText(text, { x, y, size, font, color: colour });
    x += font.widthOfTextAtSize(text, size);
  }
}

/**
 * One line break, no other control characters, and Korean syllables put together: some systems write file
 * names in single letters.
 */
const clean = (text: string) =>
  text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go.
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ');
