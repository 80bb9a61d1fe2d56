/** A report as what stands in it one after the other: the page, the HTML file and the PDF are made of it. */
export type Block =
  | { kind: 'heading'; level: 2 | 3; text: string }
  | { kind: 'paragraph'; text: string }
  /** Figures with what stands below each, its interval for one. */
  | { kind: 'figures'; items: { label: string; value: string; below: string[] }[] }
  /** Each cell: its lines. */
  | { kind: 'table'; head: string[][]; rows: string[][][] }
  | { kind: 'list'; items: string[] }
  | { kind: 'plot'; heading: string; caption: string; svg: string };

/** What stands above the blocks. */
export interface ReportHead {
  language: string;
  title: string;
  /** Lines below the title. */
  facts: string[];
}
