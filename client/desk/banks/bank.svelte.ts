/** One bank on the desk: what is said of it, what is in it, and the questions that fit the filters of the address. */
import {
  type BankCounts,
  type BankSummary,
  deskBanks,
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
  /** From 1. */
  readonly page: number;
}

interface Found {
  readonly total: number;
  readonly questions: readonly QuestionSummary[];
}

export class BankModel {
  readonly id: string;
  readonly bank: Loading<BankSummary | null>;
  readonly counts: Loading<BankCounts>;
  readonly found: Loading<Found>;

  readonly filters = $derived.by((): Filters => {
    const query = router.url.searchParams;
    return {
      search: query.get('tim') ?? '',
      topic: query.get('chu-de') ?? '',
      kind: query.get('dang') ?? '',
      difficulty: query.get('muc-do') ?? '',
      status: statuses.find((status) => status === query.get('tinh-trang')) ?? '',
      page: Math.max(1, Math.floor(Number(query.get('trang') ?? '1')) || 1),
    };
  });
  readonly filtered = $derived(
    Object.values(this.filters).some((value) => typeof value === 'string' && value !== ''),
  );

  constructor(id: string) {
    this.id = id;
    this.bank = new Loading(
      async () => (await deskBanks.list()).banks.find((bank) => bank.id === id) ?? null,
    );
    this.counts = new Loading(() => deskBanks.counts(id));
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

  filter(
    changes: Partial<Record<'tim' | 'chu-de' | 'dang' | 'muc-do' | 'tinh-trang' | 'trang', string | null>>,
  ): void {
    router.setQuery({ trang: null, ...changes });
  }

  clear(): void {
    this.filter({ tim: null, 'chu-de': null, dang: null, 'muc-do': null, 'tinh-trang': null });
  }

  #find(signal: AbortSignal): Promise<Found> {
    const { search, topic, kind, difficulty, status, page } = this.filters;
    return deskBanks.questions(
      this.id,
      {
        ...(search === '' ? {} : { search }),
        ...(topic === '' ? {} : { topic }),
        ...(kind === '' ? {} : { kind }),
        ...(difficulty === '' ? {} : { difficulty: Number(difficulty) }),
        ...(status === '' ? {} : { status }),
        offset: (page - 1) * questionsOnPage,
        limit: questionsOnPage,
      },
      signal,
    );
  }
}
