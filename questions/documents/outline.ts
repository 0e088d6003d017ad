/** The sections that stand open while a document is read, and which may begin where. */
import { unique } from './keys.ts';
import { isCapitals, type Sign } from './line-signs.ts';
import { isNextLetter, plainNumber } from './numbers.ts';
import { RANKS, type Section, type SectionKind } from './section.ts';

/** A section on its way. */
export interface OpenSection {
  readonly kind: SectionKind;
  readonly key: string;
  readonly label: string;
  readonly parent: string;
  readonly depth: number;
  readonly rank: number;
  /** Key of the attachment or appendix around it; empty: the document itself. */
  readonly scopeKey: string;
  readonly isInArticle: boolean;
  title: string;
  readonly paragraphs: string[];
  /** Last number of each kind directly inside. */
  readonly last: Map<SectionKind, string>;
  /** Last number of a list inside that counts on its own ("1." within "a)"). */
  nested: number;
}

/** Where a section may begin; `gapAfter`: the label before it, where numbers are missing between ("" at the beginning). */
export interface PlaceInOutline {
  readonly parent: OpenSection | null;
  readonly rank: number;
  readonly gapAfter: string | null;
  readonly isInArticle: boolean;
}

/** Ends with whatever comes, and holds nothing. */
const LEAF = 99;
/** More missing numbers than this are no gap but another list. */
const GAP_MOST: Readonly<Partial<Record<SectionKind, number>>> = {
  article: 500,
  appendix: 50,
  part: 50,
  chapter: 50,
  group: 50,
  subgroup: 50,
  roman: 4,
  clause: 9,
  decimal: 4,
};
const POINTS_GAP_MOST = 6;
const POINTS = 'abcdđeghiklmnopqrstuvxy';

export class Outline {
  /** Every key that is in use. */
  readonly keys = new Set<string>();
  readonly #all: OpenSection[] = [];
  #stack: OpenSection[] = [];
  readonly #rootLast = new Map<SectionKind, string>();
  /** Last article of each scope. */
  readonly #articles = new Map<string, string>();
  /** "A." over Roman numbers, or under them: as the first one stands. */
  #letterRank: number | null = null;

  get current(): { readonly kind: SectionKind; readonly title: string; readonly isEmpty: boolean } | null {
    const top = this.#top;
    return top === null ? null : { kind: top.kind, title: top.title, isEmpty: top.paragraphs.length === 0 };
  }

  get #top(): OpenSection | null {
    return this.#stack.at(-1) ?? null;
  }

  /** Signatures have begun. */
  get isClosed(): boolean {
    return this.#top?.kind === 'closing';
  }

  get hasSections(): boolean {
    return this.#all.some(({ kind }) => kind !== 'opening');
  }

  text(paragraph: string): void {
    if (paragraph === '') return;
    if (this.#top === null) this.#push('opening', '', this.#keyed('mo-dau'), LEAF, null, '');
    this.#top?.paragraphs.push(paragraph);
  }

  title(line: string): void {
    const top = this.#top;
    if (top !== null) top.title = top.title === '' ? line : `${top.title} ${line}`;
  }

  beginClosing(): void {
    if (this.isClosed) return;
    this.#stack = [];
    this.#push('closing', '', this.#keyed('ket-thuc'), LEAF, null, '');
  }

  /** What is issued with the document begins: its title are the capitals just before. False: this is no beginning. */
  beginAttachment(line: string): boolean {
    const top = this.#top;
    if (top === null || !this.hasSections) return false;
    if (top.rank === RANKS.attachment && top.paragraphs.length === 0) return false;
    const title: string[] = [];
    while (title.length < 5 && isCapitals(top.paragraphs.at(-1) ?? ''))
      title.unshift(top.paragraphs.pop() ?? '');
    if (title.length === 0 && line !== '') return false;
    this.#stack = [];
    this.#push(
      'attachment',
      '',
      this.#keyed('kem-theo'),
      RANKS.attachment,
      null,
      title.join(' ') || 'Văn bản kèm theo',
    );
    this.text(line);
    return true;
  }

  /** Articles have been counted here already. */
  get isCounting(): boolean {
    return this.#articles.has(this.#top?.scopeKey ?? '');
  }

  /** Whether a section may begin here, and inside which one; null: the line is text. */
  placeFor(sign: Sign): PlaceInOutline | null {
    const rank = this.#rankOf(sign);
    const parent = this.#stack.findLast((open) => open.rank < rank) ?? null;
    const gapAfter = this.#orderOf(sign, parent);
    if (gapAfter === undefined) return null;
    return { parent, rank, gapAfter, isInArticle: parent?.isInArticle === true };
  }

  begin(sign: Sign, { parent, rank }: PlaceInOutline, key: string, title: string): void {
    const { kind, number } = sign;
    this.#stack = parent === null ? [] : this.#stack.slice(0, this.#stack.indexOf(parent) + 1);
    if (kind === 'letter') this.#letterRank ??= rank;
    if (kind === 'article') this.#articles.set(parent?.scopeKey ?? '', number);
    const last = parent?.last ?? this.#rootLast;
    last.set(kind, number);
    this.#rootLast.set(kind, number);
    if (parent !== null) parent.nested = 0;
    this.#push(kind, kind === 'heading' ? '' : sign.label, key, rank, parent, title);
  }

  /** In the order of the text; an empty opening is left out. */
  finish(): readonly Section[] {
    return this.#all.map(({ key, parent, depth, kind, label, title, paragraphs }) => ({
      key,
      parent,
      depth,
      kind,
      label,
      title,
      text: paragraphs.join('\n'),
    }));
  }

  #push(
    kind: SectionKind,
    label: string,
    key: string,
    rank: number,
    parent: OpenSection | null,
    title: string,
  ): void {
    const isScope = kind === 'attachment' || kind === 'appendix';
    const section: OpenSection = {
      kind,
      key,
      label,
      parent: parent?.key ?? '',
      depth: parent === null ? 0 : parent.depth + 1,
      rank,
      scopeKey: isScope ? key : (parent?.scopeKey ?? ''),
      isInArticle: kind === 'article' || parent?.isInArticle === true,
      title,
      paragraphs: [],
      last: new Map(),
      nested: 0,
    };
    this.#stack.push(section);
    this.#all.push(section);
  }

  #keyed(name: string): string {
    return unique(name, this.keys);
  }

  #rankOf({ kind, number, label }: Sign): number {
    if (kind === 'heading') return RANKS.heading + 2 * (number.length - 1);
    if (kind === 'decimal') return RANKS.decimal + (label.split('.').length - 2) / 10;
    if (kind !== 'letter') return RANKS[kind];
    const isUnderRoman = this.#all.some((section) => section.kind === 'roman');
    return this.#letterRank ?? (isUnderRoman ? RANKS.roman + 0.5 : RANKS.letter);
  }

  /** Null: next in order; a text: the label after which numbers are missing; undefined: it does not belong here. */
  #orderOf(sign: Sign, parent: OpenSection | null): string | null | undefined {
    const { kind, number, rest } = sign;
    if (kind === 'heading' || (kind === 'appendix' && number === '')) return null;
    const before = this.#before(sign, parent);
    if (kind === 'point') return pointOrder(before, number);
    if (kind === 'letter') return letterOrder(before, number, rest);
    if (kind === 'decimal' && !isInside(number, parent)) return undefined;
    if (kind === 'roman' && this.#articles.size > 0 && parent?.scopeKey === '' && !isCapitals(rest))
      return undefined;
    const order = countedOrder(kind, before, kind === 'decimal' ? (number.split('.').at(-1) ?? '') : number);
    if (kind !== 'clause' || parent === null) return order;
    return this.#unlessNested(parent, Number.parseInt(number, 10), order);
  }

  #before({ kind, number }: Sign, parent: OpenSection | null): string | null {
    if (kind === 'article') return this.#articles.get(parent?.scopeKey ?? '') ?? null;
    const own = (parent?.last ?? this.#rootLast).get(kind) ?? null;
    if (kind === 'decimal') return own?.split('.').at(-1) ?? null;
    if (own !== null || (kind !== 'chapter' && kind !== 'roman')) return own;
    // Chapters may be counted through the parts of a code.
    const through = this.#rootLast.get(kind) ?? null;
    return through !== null && isCountedNext(through, number) ? through : null;
  }

  /** "1. 2. 3." within a point are a list of their own until it ends. */
  #unlessNested(
    parent: OpenSection,
    number: number,
    order: string | null | undefined,
  ): string | null | undefined {
    const isDeeper = this.#top !== parent && this.#top?.kind !== 'clause';
    if (number === 1 && order === undefined) parent.nested = 1;
    else if (isDeeper && parent.nested > 0 && number === parent.nested + 1) {
      parent.nested = number;
      return undefined;
    }
    return order;
  }
}

/** "1.2" belongs into "1". */
function isInside(number: string, parent: OpenSection | null): boolean {
  const above = number.split('.').slice(0, -1).join('.');
  return parent !== null && (parent.kind === 'clause' || parent.kind === 'decimal') && parent.label === above;
}

interface Counted {
  readonly value: number;
  readonly suffix: string;
}

function counted(number: string): Counted | null {
  const [, digits, suffix = ''] = /^(\d+)([a-zđ]?)$/.exec(plainNumber(number)) ?? [];
  return digits === undefined ? null : { value: Number(digits), suffix };
}

function isCountedNext(before: string, now: string): boolean {
  const a = counted(before);
  const b = counted(now);
  if (a === null || b === null) return false;
  if (b.value === a.value) return isNextLetter(a.suffix === '' ? null : a.suffix, b.suffix);
  return b.value === a.value + 1 && b.suffix === '';
}

function countedOrder(kind: SectionKind, before: string | null, now: string): string | null | undefined {
  const own = counted(now);
  // Appendices may be lettered.
  if (own === null) return null;
  if (before === null) return own.value === 1 ? null : withinGap(kind, own.value - 1) ? '' : undefined;
  if (isCountedNext(before, now)) return null;
  const missing = own.value - (counted(before)?.value ?? 0) - 1;
  if (missing > 0 && withinGap(kind, missing)) return before;
  // A heading with its word in front is one even when it comes twice.
  return ['part', 'chapter', 'group', 'subgroup', 'appendix'].includes(kind) ? before : undefined;
}

function withinGap(kind: SectionKind, missing: number): boolean {
  return missing <= (GAP_MOST[kind] ?? 0);
}

function pointOrder(before: string | null, number: string): string | null | undefined {
  if (isNextLetter(before, number)) return null;
  const missing = POINTS.indexOf(number) - (before === null ? -1 : POINTS.indexOf(before)) - 1;
  return missing > 0 && missing <= POINTS_GAP_MOST ? (before ?? '') : undefined;
}

function letterOrder(before: string | null, number: string, rest: string): null | undefined {
  const isNext = isNextLetter(before?.toLowerCase() ?? null, number.toLowerCase());
  return isNext && (before !== null || isCapitals(rest)) ? null : undefined;
}
