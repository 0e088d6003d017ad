/** Every address of the product. Citizens' tables are small and come at once; the desk's comes when somebody goes there. */
import { routes as account } from './account/routes.ts';
import { routes as citizen } from './citizen/routes.ts';
import { paths } from './paths.ts';
import { type Route, type Section, section } from './routing.ts';

export const routes: readonly Route[] = [...citizen, ...account];
export const sections: readonly Section[] = [section(paths.desk(), () => import('./desk/routes.ts'))];
