/** What a contest's pages say of themselves in their first HTML. Pure; nothing here is anything but public. */
import type { OpenContest } from '../contests/open-contests.ts';
import { formatEnd, formatMoment } from '../contests/time-rules.ts';
import type { Block, Span } from '../contracts/contests.ts';
import type { PageHead, PlainBlock } from '../platform/page-heads.ts';

/** Addresses below a contest's own that have a name of their own. */
const BELOW: Readonly<Record<string, string>> = {
  'du-thi': 'Đăng ký dự thi',
  'bang-xep-hang': 'Bảng xếp hạng',
  'doat-giai': 'Danh sách đạt giải',
};

/** Those whose screen begins with the contest: its page, a round of it, the way in. */
const SHOW_CONTEST = /^(?:|du-thi|bang-xep-hang|dot\/[^/]+)$/;

/** The first page of all: the contests. */
export function homeHead(origin: string): PageHead {
  return {
    title: 'Hội Thi',
    description: 'Hội Thi: nơi tổ chức và tham gia các cuộc thi tìm hiểu nghị quyết.',
    image: null,
    address: new URL('/', origin).href,
    indexed: true,
    text: [],
    asks: ['/api/contests'],
  };
}

/** `below`: what stands behind the contest's address, e.g. "bang-xep-hang". */
export function contestHead(contest: OpenContest, below: string, origin: string): PageHead {
  const part = BELOW[below];
  const path = `/cuoc-thi/${contest.slug}${below === '' ? '' : `/${below}`}`;
  return {
    title: part === undefined ? contest.title : `${part} · ${contest.title}`,
    description: describe(contest),
    image: contest.image === null ? null : new URL(`/api/media/${contest.image}`, origin).href,
    address: new URL(path, origin).href,
    // One of many ways into the same contest, or a form: the contest's own page is what is looked for.
    indexed: below === '' || part !== undefined,
    text: plainText(contest),
    asks: SHOW_CONTEST.test(below) ? [`/api/contests/${contest.slug}`] : [],
  };
}

/** Its summary, or the beginning of its page, and when it is. */
function describe(contest: OpenContest): string {
  const first = contest.page.find((block) => block.type === 'paragraph');
  const about = contest.summary !== '' || first === undefined ? contest.summary : textOf(first.spans);
  return [about, when(contest)].filter((text) => text !== '').join(' ');
}

function when({ rounds }: OpenContest): string {
  if (rounds.length === 0) return '';
  const opensAt = Math.min(...rounds.map((round) => round.opensAt));
  const closesAt = Math.max(...rounds.map((round) => round.closesAt));
  return `Thi từ ${formatMoment(opensAt)} đến ${formatEnd(closesAt)}.`;
}

function plainText(contest: OpenContest): PlainBlock[] {
  const part = (heading: string, blocks: readonly Block[]): PlainBlock[] =>
    blocks.length === 0 ? [] : [{ heading }, ...blocks.flatMap(plainBlock)];
  const rounds = contest.rounds.map(
    (round) => `${round.title}: ${formatMoment(round.opensAt)} – ${formatEnd(round.closesAt)}`,
  );
  return [
    { heading: contest.title },
    ...(contest.summary === '' ? [] : [{ paragraph: contest.summary }]),
    ...(rounds.length === 0 ? [] : [{ items: rounds }]),
    ...contest.page.flatMap(plainBlock),
    ...part('Thể lệ', contest.rules),
    ...part('Giải thưởng', contest.prizes),
  ];
}

function plainBlock(block: Block): PlainBlock[] {
  switch (block.type) {
    case 'heading':
      return [{ heading: textOf(block.spans) }];
    case 'paragraph':
      return [{ paragraph: textOf(block.spans) }];
    case 'list':
      return [{ items: block.items.map(textOf) }];
    default:
      return [];
  }
}

function textOf(spans: readonly Span[]): string {
  return spans.map(({ text }) => text).join('');
}

/** A document to read: its number, title and issuer. `section`: address of one of its parts; empty: the whole. */
export function documentHead(
  document: {
    readonly slug: string;
    readonly type: string;
    readonly number: string;
    readonly title: string;
    readonly issuer: string;
    readonly note: string;
  },
  section: string,
  origin: string,
): PageHead {
  const name = [document.type, document.number].filter((part) => part !== '').join(' ');
  const about = [name, document.issuer, document.note].filter((part) => part !== '').join('. ');
  return {
    title: document.title,
    description: about,
    image: null,
    address: new URL(`/van-ban/${document.slug}${section === '' ? '' : `/${section}`}`, origin).href,
    indexed: true,
    text: [{ heading: document.title }, { paragraph: about }],
    asks: [`/api/documents/${document.slug}${section === '' ? '' : `/sections/${section}`}`],
  };
}

/** A result that somebody shared: as much as its page shows, and that is nobody's name. */
export function sharedHead(
  share: string,
  shared: {
    readonly contest: { readonly title: string };
    readonly round: string;
    readonly marks: number;
    readonly maxMarks: number;
  },
  image: string | null,
  origin: string,
): PageHead {
  const marks = (hundredths: number): string => String(hundredths / 100).replace('.', ',');
  const description = `${shared.round}: ${marks(shared.marks)}/${marks(shared.maxMarks)} điểm. Bạn cũng thử sức nhé!`;
  return {
    title: `Kết quả dự thi · ${shared.contest.title}`,
    description,
    image: image === null ? null : new URL(`/api/media/${image}`, origin).href,
    address: new URL(`/ket-qua/${share}`, origin).href,
    indexed: false,
    text: [{ heading: shared.contest.title }, { paragraph: description }],
    asks: [`/api/shared-results/${share}`],
  };
}
