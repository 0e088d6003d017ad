/** The page that other sites show in a frame: plain HTML with one small script, and who may frame it. Pure. */
import { formatEnd, formatMoment } from '../contests/time-rules.ts';
import type { ContestSummary } from '../contracts/reach.ts';
import { escaped } from '../platform/page-heads.ts';

export type FrameLocale = 'vi' | 'en';

const WORDS = {
  vi: {
    phases: { now: 'Đang diễn ra', soon: 'Sắp diễn ra', past: 'Đã kết thúc' },
    opens: 'Mở lúc',
    closes: 'Đóng lúc',
    left: 'Còn',
    days: 'ngày',
    entrants: 'người đăng ký dự thi',
    top: 'Dẫn đầu',
    points: 'điểm',
    go: 'Vào cuộc thi',
    newTab: '(mở trang mới)',
  },
  en: {
    phases: { now: 'Open now', soon: 'Coming soon', past: 'Over' },
    opens: 'Opens',
    closes: 'Closes',
    left: 'In',
    days: 'days',
    entrants: 'entrants',
    top: 'Leading',
    points: 'points',
    go: 'Open the contest',
    newTab: '(opens a new tab)',
  },
} as const;

/** `frame-ancestors` names the allowed sites and nobody else; without any the page cannot be framed at all. */
export function framePolicy(origins: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${origins.length === 0 ? "'none'" : origins.join(' ')}`,
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

/** The text to paste into a page of an allowed site. */
export function frameSnippet(address: string, title: string): string {
  return `<iframe src="${escaped(address)}" title="${escaped(title)}" width="100%" height="420" loading="lazy" referrerpolicy="strict-origin-when-cross-origin" frameborder="0"></iframe>`;
}

export function framePage(
  summary: ContestSummary,
  at: { readonly page: string; readonly summary: string },
  locale: FrameLocale,
): string {
  const t = WORDS[locale];
  const { round } = summary;
  const isOpen = round?.isOpen === true;
  const moment = round === null ? null : isOpen ? round.closesAt : round.opensAt;
  const written = round === null ? '' : isOpen ? formatEnd(round.closesAt) : formatMoment(round.opensAt);
  const time =
    round === null || moment === null
      ? ''
      : `<p class="time">${escaped(round.title)} · ${isOpen ? t.closes : t.opens} <time datetime="${new Date(moment).toISOString()}">${written}</time></p>
<p class="left" id="left" data-until="${moment}" data-now="${summary.at}" data-word="${t.left}" data-days="${t.days}" hidden></p>`;
  const count =
    summary.entrants === null
      ? ''
      : `<p class="count"><b id="entrants">${summary.entrants.toLocaleString(locale === 'vi' ? 'vi-VN' : 'en-US')}</b> ${t.entrants}</p>`;
  const lines = summary.top
    .map(
      ({ rank, name, marks }) =>
        `<li><span class="rank">${rank}</span><span class="name">${escaped(name)}</span><span class="marks">${String(marks / 100).replace('.', locale === 'vi' ? ',' : '.')}</span></li>`,
    )
    .join('');
  const top =
    lines === '' ? '' : `<section><h2>${t.top}</h2><ol id="top" role="list">${lines}</ol></section>`;
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${escaped(summary.title)}</title>
<link rel="canonical" href="${escaped(at.page)}">
<link rel="stylesheet" href="/nhung.css">
<script src="/nhung.js" defer></script>
</head>
<body>
<main data-summary="${escaped(at.summary)}">
<p class="phase ${summary.phase}">${t.phases[summary.phase]}</p>
<h1>${escaped(summary.title)}</h1>
${time}
${count}
${top}
<a class="go" href="${escaped(at.page)}" target="_blank" rel="noopener">${t.go} <span class="unseen">${t.newTab}</span></a>
</main>
</body>
</html>
`;
}
