/**
 * Addresses of the pages, made in one place so that no screen spells one by hand.
 * They are Vietnamese without diacritics: people read them aloud, print them on posters and send them over Zalo.
 */
const part = encodeURIComponent;

export const paths = {
  home: () => '/',
  contest: (contest: string) => `/cuoc-thi/${part(contest)}`,
  /** Entering: what the contest asks, and consents. */
  enter: (contest: string) => `/cuoc-thi/${part(contest)}/du-thi`,
  /** A guest comes back with a code, or with the personal link (code in the fragment). */
  comeBack: (contest: string) => `/cuoc-thi/${part(contest)}/tro-lai`,
  /** The rules once more and the start; `round` is its number. */
  round: (contest: string, round: string) => `/cuoc-thi/${part(contest)}/dot/${part(round)}`,
  leaderboard: (contest: string) => `/cuoc-thi/${part(contest)}/bang-xep-hang`,
  winners: (contest: string) => `/cuoc-thi/${part(contest)}/doat-giai`,
  /** One's own result by the code that its page shows. */
  lookUp: () => '/tra-cuu',
  /** What a certificate says; the code is printed on it. */
  verify: (code?: string) => (code === undefined ? '/xac-minh' : `/xac-minh/${part(code)}`),
  dossier: (attempt: string) => `/luot-thi/${part(attempt)}/ho-so`,
  attempt: (attempt: string) => `/luot-thi/${part(attempt)}`,
  result: (attempt: string) => `/luot-thi/${part(attempt)}/ket-qua`,
  /** A result that somebody shared, for anybody. */
  shared: (share: string) => `/ket-qua/${part(share)}`,
  myAttempts: () => '/luot-thi',
  signIn: (then?: string) => (then === undefined ? '/dang-nhap' : `/dang-nhap?then=${part(then)}`),
  register: (then?: string) => (then === undefined ? '/dang-ky' : `/dang-ky?then=${part(then)}`),
  recover: () => '/khoi-phuc',
  /** The one-time link that the server prints; its token stands in the fragment. */
  firstAdmin: () => '/bat-dau',
  /** Who of a family takes part now. */
  household: (then?: string) => (then === undefined ? '/ai-dang-thi' : `/ai-dang-thi?then=${part(then)}`),
  account: () => '/tai-khoan',
  details: () => '/tai-khoan/thong-tin',
  password: () => '/tai-khoan/mat-khau',
  recoveryCode: () => '/tai-khoan/ma-khoi-phuc',
  secondFactor: () => '/tai-khoan/hai-lop',
  sessions: () => '/tai-khoan/thiet-bi',
  ownData: () => '/tai-khoan/du-lieu',
  /** What one agreed to; reminders and pushes. */
  consents: () => '/tai-khoan/dong-y',
  /** A letter's link that ends such letters; the sealed token stands in the fragment. */
  noLetters: () => '/bo-nhan-thu',
  /** Where the PIN of a live contest is typed. */
  joinLive: () => '/vao',
  /** Documents to read, and banks to practise with. */
  study: () => '/hoc-tap',
  practice: (bank: string) => `/hoc-tap/luyen-tap/${part(bank)}`,
  document: (document: string) => `/van-ban/${part(document)}`,
  section: (document: string, section: string) =>
    section === '' ? `/van-ban/${part(document)}` : `/van-ban/${part(document)}/${part(section)}`,
  desk: () => '/ban-lam-viec',
};
