/** One bank on the desk: what is said of it, what is in it, and the questions that fit the filters of the address. */
import {
  type BankCounts,
  type BankFacets,
  type BankSummary,
  deskBanks,
  type QuestionQuery,
  type QuestionStatus,
  type QuestionSummary,
} from '../../api/desk-banks.ts';
import { Loading } from '../../api/loading.svelte.ts';
import { router } from '../../router.svelte.ts';

export const questionsOnPage = 50;
const statuses: readonly QuestionStatus[] = ['draft', 'review', 'approved', 'retired'];

/** What the address filters by; empty texts filter nothing. */
export interface Filters {
  readonly search: string;
  readonly topic: string;
  readonly kind: string;
  /** "1" to "3". */
  readonly difficulty: string;
  readonly status: QuestionStatus | '';
  readonly document: string;
  readonly tag: string;
  /** "used", "never" or a round. */
  readonly use: string;
  readonly figures: FigureRange | '';
  readonly sort: Sort | '';
  /** From 1. */
  readonly page: number;
}

/** What figures can be filtered by, percent of the marks that were earned. */
export const figureRanges = {
  flagged: { flagged: true },
  hardest: { facilityTo: 20 },
  hard: { facilityFrom: 20, facilityTo: 40 },
  middle: { facilityFrom: 40, facilityTo: 70 },
  easy: { facilityFrom: 70, facilityTo: 90 },
  easiest: { facilityFrom: 90 },
} as const;
export type FigureRange = keyof typeof figureRanges;
export const sorts = ['code', 'changed', 'facility'] as const;
export type Sort = (typeof sorts)[number];

const isRange = (text: string): text is FigureRange => text in figureRanges;
const rangeIn = (text: string): FigureRange | '' => (isRange(text) ? text : '');

interface Found {
  readonly total: number;
  readonly questions: readonly QuestionSummary[];
}

const filterNames = [
  'tim',
  'chu-de',
  'dang',
  'muc-do',
  'tinh-trang',
  'van-ban',
  'nhan',
  'da-dung',
  'so-lieu',
] as const;
type FilterName = (typeof filterNames)[number] | 'xep' | 'trang';

export class BankModel {
  readonly id: string;
  readonly bank: Loading<BankSummary | null>;
  readonly counts: Loading<BankCounts>;
  readonly facets: Loading<BankFacets>;
  readonly found: Loading<Found>;

  readonly filters = $derived.by((): Filters => {
    const query = router.url.searchParams;
    return {
      search: query.get('tim') ?? '',
      topic: query.get('chu-de') ?? '',
      kind: query.get('dang') ?? '',
      difficulty: query.get('muc-do') ?? '',
      status: statuses.find((status) => status === query.get('tinh-trang')) ?? '',
      document: query.get('van-ban') ?? '',
      tag: query.get('nhan') ?? '',
      use: query.get('da-dung') ?? '',
      figures: rangeIn(query.get('so-lieu') ?? ''),
      sort: sorts.find((sort) => sort === query.get('xep')) ?? '',
      page: Math.max(1, Math.floor(Number(query.get('trang') ?? '1')) || 1),
    };
  });
  readonly filtered = $derived(
    Object.entries(this.filters).some(
      ([name, value]) => name !== 'sort' && typeof value === 'string' && value !== '',
    ),
  );

  constructor(id: string) {
    this.id = id;
    this.bank = new Loading(
      async () => (await deskBanks.list()).banks.find((bank) => bank.id === id) ?? null,
    );
    this.counts = new Loading(() => deskBanks.counts(id));
    this.facets = new Loading(() => deskBanks.facets(id));
    this.found = new Loading((signal) => this.#find(signal));
  }

  /** A bank's people alone read its questions: they come with their keys. */
  get mayRead(): boolean {
    return this.bank.value?.rights.read ?? false;
  }

  get topics(): readonly string[] {
    const topics = new Set((this.counts.value?.cells ?? []).map(({ topic }) => topic));
    return [...topics].sort((a, b) => a.localeCompare(b, 'vi'));
  }

  get kinds(): readonly string[] {
    return [...new Set((this.counts.value?.cells ?? []).map(({ kind }) => kind))];
  }

  filter(changes: Partial<Record<FilterName, string | null>>): void {
    router.setQuery({ trang: null, ...changes });
  }

  clear(): void {
    this.filter(Object.fromEntries(filterNames.map((name) => [name, null])));
  }

  /** What the filters ask of the door. */
  get query(): QuestionQuery {
    const { search, topic, kind, difficulty, status, document, tag, use, figures, sort } = this.filters;
    return {
      ...(search === '' ? {} : { search }),
      ...(topic === '' ? {} : { topic }),
      ...(kind === '' ? {} : { kind }),
      ...(difficulty === '' ? {} : { difficulty: Number(difficulty) }),
      ...(status === '' ? {} : { status }),
      ...(document === '' ? {} : { document }),
      ...(tag === '' ? {} : { tag }),
      ...(use === '' ? {} : { use }),
      ...(figures === '' ? {} : figureRanges[figures]),
      ...(sort === '' ? {} : { sort }),
    };
  }

  #find(signal: AbortSignal): Promise<Found> {
    const offset = (this.filters.page - 1) * questionsOnPage;
    return deskBanks.questions(this.id, { ...this.query, offset, limit: questionsOnPage }, signal);
  }
}
