/** Addresses of the desk, whole (`/ban-lam-viec/…`); this file and everything behind it is fetched by staff only. */
import BareFrame from '../layouts/BareFrame.svelte';
import { type Route, route } from '../routing.ts';
import DeskFrame from './DeskFrame.svelte';

export const routes: readonly Route[] = [
  route('/ban-lam-viec', DeskFrame, () => import('./HomeScreen.svelte')),
  route('/ban-lam-viec/cuoc-thi', DeskFrame, () => import('./contests/ContestsScreen.svelte')),
  route('/ban-lam-viec/cuoc-thi/moi', DeskFrame, () => import('./contests/NewContestScreen.svelte')),
  route('/ban-lam-viec/cuoc-thi/:contest', DeskFrame, () => import('./contests/ContestScreen.svelte')),
  route('/ban-lam-viec/cuoc-thi/:contest/man-hinh', BareFrame, () => import('./monitor/WallScreen.svelte')),
  route(
    '/ban-lam-viec/cuoc-thi/:contest/nguoi-don-vi',
    DeskFrame,
    () => import('./contest-people/ContestPeopleScreen.svelte'),
  ),
  route('/ban-lam-viec/phu-trach', DeskFrame, () => import('./officer/OfficerScreen.svelte')),
  route('/ban-lam-viec/phu-trach/bao-cao', DeskFrame, () => import('./officer/OfficerReportScreen.svelte')),
  route('/ban-lam-viec/truc-tiep', DeskFrame, () => import('../live/desk/SessionsScreen.svelte')),
  route('/ban-lam-viec/truc-tiep/:live', DeskFrame, () => import('../live/desk/BuilderScreen.svelte')),
  route('/ban-lam-viec/ngan-hang', DeskFrame, () => import('./banks/BanksScreen.svelte')),
  route('/ban-lam-viec/ngan-hang/:bank', DeskFrame, () => import('./banks/BankScreen.svelte')),
  route(
    '/ban-lam-viec/ngan-hang/:bank/cau-hoi-moi',
    DeskFrame,
    () => import('./banks/NewQuestionScreen.svelte'),
  ),
  route('/ban-lam-viec/ngan-hang/:bank/anh', DeskFrame, () => import('./banks/MediaScreen.svelte')),
  route('/ban-lam-viec/ngan-hang/:bank/nhap-tep', DeskFrame, () => import('./imports/ImportScreen.svelte')),
  route('/ban-lam-viec/cho-duyet', DeskFrame, () => import('./banks/ReviewsScreen.svelte')),
  route('/ban-lam-viec/cham-bai', DeskFrame, () => import('./marking/MarkingScreen.svelte')),
  route('/ban-lam-viec/cham-bai/:round', DeskFrame, () => import('./marking/MarkRoundScreen.svelte')),
  route('/ban-lam-viec/cau-hoi/:question', DeskFrame, () => import('./banks/QuestionScreen.svelte')),
  route('/ban-lam-viec/van-ban', DeskFrame, () => import('./documents/DocumentsScreen.svelte')),
  route('/ban-lam-viec/van-ban/:document', DeskFrame, () => import('./documents/DocumentScreen.svelte')),
  route('/ban-lam-viec/nguoi', DeskFrame, () => import('./people/PeopleScreen.svelte')),
  route('/ban-lam-viec/nguoi/:person', DeskFrame, () => import('./people/PersonScreen.svelte')),
  route('/ban-lam-viec/don-vi', DeskFrame, () => import('./units/UnitsScreen.svelte')),
  route('/ban-lam-viec/don-vi/nhap-tep', DeskFrame, () => import('./units/UnitsImportScreen.svelte')),
  route('/ban-lam-viec/tu-dien-du-lieu', DeskFrame, () => import('./reports/DictionaryScreen.svelte')),
  route('/ban-lam-viec/su-co', DeskFrame, () => import('./breaches/BreachesScreen.svelte')),
  route('/ban-lam-viec/nhat-ky', DeskFrame, () => import('./audit/AuditScreen.svelte')),
];
