/**
 * What a document is cut into: sections as Vietnamese laws and resolutions have them, each with a short name of ASCII
 * letters that stands in its address and that citations point at ("dieu-9.khoan-1", "ii.4.b", "phu-luc-2.3").
 */

/**
 * attachment: what is issued with the document ("Ban hành kèm theo …") · appendix: phụ lục · letter: "A." over Roman
 * numbers · part: phần · chapter: chương · group, subgroup: mục, tiểu mục · article: điều · roman: "I." of resolutions ·
 * clause: khoản, or "1." of resolutions · decimal: "1.1." · point: điểm, or "a)" · heading: has no number · opening,
 * closing: what stands before the first and after the last.
 */
export type SectionKind =
  | 'opening'
  | 'attachment'
  | 'appendix'
  | 'letter'
  | 'part'
  | 'chapter'
  | 'group'
  | 'subgroup'
  | 'article'
  | 'roman'
  | 'clause'
  | 'decimal'
  | 'point'
  | 'heading'
  | 'closing';

export interface Section {
  /** Unique in its document; never changes once it was kept. */
  readonly key: string;
  /** Of the section around it; empty at the top. */
  readonly parent: string;
  /** 0 at the top. */
  readonly depth: number;
  readonly kind: SectionKind;
  /** As it stands in the text, without signs behind it: "Điều 9", "II", "4", "a"; empty: none. */
  readonly label: string;
  /** Empty: the text begins at once. */
  readonly title: string;
  /** Paragraphs, one a line; those of inner sections are theirs. */
  readonly text: string;
}

/** How deep each kind stands: a section ends where one begins that stands as high or higher. */
export const RANKS: Readonly<Record<SectionKind, number>> = {
  opening: 0,
  closing: 0,
  attachment: 0,
  appendix: 0,
  letter: 1,
  part: 1,
  heading: 1,
  chapter: 2,
  group: 3,
  subgroup: 4,
  article: 5,
  roman: 5,
  clause: 6,
  decimal: 7,
  point: 8,
};

/** How the name of a kind begins in keys; the kinds that are missing are named by their number alone. */
export const PREFIXES: Readonly<Partial<Record<SectionKind, string>>> = {
  opening: 'mo-dau',
  closing: 'ket-thuc',
  attachment: 'kem-theo',
  appendix: 'phu-luc',
  part: 'phan',
  letter: 'phan',
  chapter: 'chuong',
  group: 'muc',
  subgroup: 'tieu-muc',
  article: 'dieu',
};

type Named = Pick<Section, 'parent' | 'kind' | 'label' | 'title'>;

/** Articles are counted through a document: which chapter they stand in says nothing more. */
const AROUND_ARTICLES: readonly SectionKind[] = ['letter', 'part', 'chapter', 'group', 'subgroup'];

/** What people call a section: "Điều 9, khoản 1, điểm a", "Phần II, mục 4, điểm b". `sections` are those of the document. */
export function fullName(key: string, sections: ReadonlyMap<string, Named>): string {
  const chain: Named[] = [];
  for (let at = sections.get(key); at !== undefined && chain.length < 20; at = sections.get(at.parent))
    chain.unshift(at);
  const inArticle = chain.some(({ kind }) => kind === 'article');
  return chain
    .filter(({ kind }, i) => !isSaidBelow(kind, chain[i + 1]?.kind, inArticle))
    .map((section) => nameOf(section, inArticle))
    .filter((name) => name !== '')
    .join(', ');
}

function isSaidBelow(kind: SectionKind, below: SectionKind | undefined, inArticle: boolean): boolean {
  if (below === undefined) return false;
  if (kind === 'attachment' || (kind === 'clause' && below === 'decimal')) return true;
  return inArticle && AROUND_ARTICLES.includes(kind);
}

function nameOf({ kind, label, title }: Named, inArticle: boolean): string {
  if (kind === 'roman' || kind === 'letter') return `Phần ${label}`;
  if (kind === 'clause') return `${inArticle ? 'khoản' : 'mục'} ${label}`;
  if (kind === 'decimal') return `mục ${label}`;
  if (kind === 'point') return `điểm ${label}`;
  return label === '' ? title : label;
}
