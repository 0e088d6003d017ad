/** Every address of the product. Citizens' tables are small and come at once; the desk's comes when somebody goes there. */
import { routes as account } from './account/routes.ts';
import { routes as attempt } from './attempt/routes.ts';
import { routes as citizen } from './citizen/routes.ts';
import PublicFrame from './layouts/PublicFrame.svelte';
import { paths } from './paths.ts';
import { type Route, route, type Section, section } from './routing.ts';

/** The components to look at: on the development server, or in a build made with VITE_GALLERY=1. Never in the product. */
const gallery: readonly Route[] =
  import.meta.env.DEV || import.meta.env.VITE_GALLERY === '1'
    ? [route('/ui', PublicFrame, () => import('./ui/gallery/Gallery.svelte'))]
    : [];

export const routes: readonly Route[] = [...citizen, ...attempt, ...account, ...gallery];

/** A PIN, playing, hosting, the hall's screen: loaded by whoever is in a live contest. */
const live = () => import('./live/routes.ts');
export const sections: readonly Section[] = [
  section(paths.desk(), () => import('./desk/routes.ts')),
  ...['/vao', '/choi', '/dieu-khien', '/man-chieu'].map((under) => section(under, live)),
];
