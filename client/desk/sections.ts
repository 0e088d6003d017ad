/** The sections of the desk, and whose they are. */
import type { RoleName } from '../api/accounts.ts';
import { contestPeople } from '../messages/contest-people.ts';
import { desk } from '../messages/desk.ts';
import { isUnder } from '../routing.ts';
import { copy, document, flag, list, pencil, people, star, trophy, user, warning } from '../ui/icons.ts';
import { deskPaths } from './desk-paths.ts';

export interface DeskSection {
  readonly href: string;
  readonly label: () => string;
  readonly icon: string;
  readonly roles: readonly RoleName[];
  /** Other addresses that belong here. */
  readonly also?: readonly string[];
}

const sections: readonly DeskSection[] = [
  { href: deskPaths.contests(), label: () => desk.contests, icon: trophy, roles: ['organiser'] },
  { href: deskPaths.live(), label: () => desk.live, icon: star, roles: ['organiser'] },
  {
    href: deskPaths.banks(),
    label: () => desk.banks,
    icon: document,
    roles: ['organiser', 'editor', 'reviewer'],
    also: [deskPaths.question('').replace(/\/$/, ''), deskPaths.reviews()],
  },
  {
    href: deskPaths.marking(),
    label: () => desk.marking,
    icon: pencil,
    roles: ['organiser', 'editor', 'reviewer'],
  },
  {
    href: deskPaths.documents(),
    label: () => desk.documents,
    icon: copy,
    roles: ['organiser', 'editor', 'reviewer'],
  },
  { href: deskPaths.officer(), label: () => contestPeople.officerTitle, icon: user, roles: ['officer'] },
  { href: deskPaths.people(), label: () => desk.people, icon: people, roles: ['organiser'] },
  { href: deskPaths.units(), label: () => desk.units, icon: flag, roles: ['organiser'] },
  { href: deskPaths.breaches(), label: () => desk.breaches, icon: warning, roles: ['admin'] },
  { href: deskPaths.audit(), label: () => desk.audit, icon: list, roles: ['admin'] },
];

/** Those that somebody may open. */
export function sectionsFor(has: (...roles: RoleName[]) => boolean): readonly DeskSection[] {
  return sections.filter(({ roles }) => has(...roles));
}

/** Whether the address lies in the section; the desk's own address shows the first one. */
export function isHere(section: DeskSection, shown: readonly DeskSection[], pathname: string): boolean {
  if (pathname === deskPaths.home()) return section === shown[0];
  return [section.href, ...(section.also ?? [])].some((under) => isUnder(pathname, under));
}
