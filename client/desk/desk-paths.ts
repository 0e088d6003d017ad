/** Addresses of the desk, made in one place. They travel with the desk, not with a citizen's first page. */
import { paths } from '../paths.ts';

const part = encodeURIComponent;
const desk = paths.desk();

/** What an officer looks at. */
interface OfficerChoice {
  readonly contest: string;
  readonly unit: string;
}
const chosen = (of: OfficerChoice | undefined): string =>
  of === undefined ? '' : `?cuoc-thi=${part(of.contest)}&don-vi=${part(of.unit)}`;

export const deskPaths = {
  home: () => desk,
  contests: () => `${desk}/cuoc-thi`,
  newContest: () => `${desk}/cuoc-thi/moi`,
  contest: (contest: string) => `${desk}/cuoc-thi/${part(contest)}`,
  contestPeople: (contest: string) => `${desk}/cuoc-thi/${part(contest)}/nguoi-don-vi`,
  officer: (of?: OfficerChoice) => `${desk}/phu-trach${chosen(of)}`,
  officerReport: (of: OfficerChoice) => `${desk}/phu-trach/bao-cao${chosen(of)}`,
  live: () => `${desk}/truc-tiep`,
  liveSession: (live: string) => `${desk}/truc-tiep/${part(live)}`,
  banks: () => `${desk}/ngan-hang`,
  bank: (bank: string) => `${desk}/ngan-hang/${part(bank)}`,
  newQuestion: (bank: string) => `${desk}/ngan-hang/${part(bank)}/cau-hoi-moi`,
  bankMedia: (bank: string) => `${desk}/ngan-hang/${part(bank)}/anh`,
  importFile: (bank: string) => `${desk}/ngan-hang/${part(bank)}/nhap-tep`,
  reviews: () => `${desk}/cho-duyet`,
  marking: () => `${desk}/cham-bai`,
  markRound: (round: string) => `${desk}/cham-bai/${part(round)}`,
  question: (question: string) => `${desk}/cau-hoi/${part(question)}`,
  documents: () => `${desk}/van-ban`,
  document: (document: string) => `${desk}/van-ban/${part(document)}`,
  people: () => `${desk}/nguoi`,
  person: (person: string) => `${desk}/nguoi/${part(person)}`,
  units: () => `${desk}/don-vi`,
  unitsImport: () => `${desk}/don-vi/nhap-tep`,
  breaches: () => `${desk}/su-co`,
  audit: () => `${desk}/nhat-ky`,
  dictionary: () => `${desk}/tu-dien-du-lieu`,
  monitor: (contest: string) => `${desk}/cuoc-thi/${part(contest)}/man-hinh`,
};
