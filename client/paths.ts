/**
 * Addresses of the pages, made in one place so that no screen spells one by hand.
 * They are Vietnamese without diacritics: people read them aloud, print them on posters and send them over Zalo.
 */
const part = encodeURIComponent;

export const paths = {
  home: () => '/',
  contest: (contest: string) => `/cuoc-thi/${part(contest)}`,
  round: (contest: string, round: string) => `/cuoc-thi/${part(contest)}/dot/${part(round)}`,
  leaderboard: (contest: string) => `/cuoc-thi/${part(contest)}/bang-xep-hang`,
  attempt: (attempt: string) => `/luot-thi/${part(attempt)}`,
  result: (attempt: string) => `/luot-thi/${part(attempt)}/ket-qua`,
  /** A result that somebody shared, for anybody. */
  shared: (share: string) => `/ket-qua/${part(share)}`,
  myAttempts: () => '/luot-thi',
  signIn: (then?: string) => (then === undefined ? '/dang-nhap' : `/dang-nhap?then=${part(then)}`),
  register: (then?: string) => (then === undefined ? '/dang-ky' : `/dang-ky?then=${part(then)}`),
  account: () => '/tai-khoan',
  desk: () => '/ban-lam-viec',
};
