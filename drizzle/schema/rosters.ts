/** What surrounds units: their past, their members by date, who answers for them, their short links, and lists of who belongs where. */
import type { Vocabulary } from '../vocabulary.ts';

export function defineRosters(w: Vocabulary) {
  /** How a unit was called and where it stood before it was renamed or moved; the row in `units` is how it is since. */
  const unitPasts = w.table(
    'unit_pasts',
    {
      unitId: w.int('unit_id').notNull(),
      /** It was so until this moment. */
      until: w.int('until').notNull(),
      name: w.text('name').notNull(),
      parentId: w.int('parent_id'),
      block: w.text('block'),
    },
    (t) => [w.primaryKey({ columns: [t.unitId, t.until] })],
  );
  /** Members from a moment on, until the next row of the unit; the newest stands in `units.headcount` too. */
  const unitHeadcounts = w.table(
    'unit_headcounts',
    {
      unitId: w.int('unit_id').notNull(),
      fromAt: w.int('from_at').notNull(),
      /** Null: not known from then on. */
      headcount: w.int('headcount'),
    },
    (t) => [w.primaryKey({ columns: [t.unitId, t.fromAt] })],
  );
  /** Who answers for a unit and those below it, and sees their figures in the contests of whoever named them. */
  const unitOfficers = w.table(
    'unit_officers',
    {
      unitId: w.int('unit_id').notNull(),
      personId: w.int('person_id').notNull(),
      /** The organiser whose contests they see; 0: an admin, who lets them see all. */
      namedBy: w.int('named_by').notNull(),
      addedAt: w.int('added_at').notNull(),
    },
    (t) => [
      w.primaryKey({ columns: [t.unitId, t.personId, t.namedBy] }),
      w.index('unit_officers_person').on(t.personId),
    ],
  );
  /** Short links on posters: one for a contest and a unit. They are printed, so they never change. */
  const unitLinks = w.table(
    'unit_links',
    {
      code: w.text('code').primaryKey(),
      contestId: w.int('contest_id').notNull(),
      unitId: w.int('unit_id').notNull(),
      createdAt: w.int('created_at').notNull(),
    },
    (t) => [w.uniqueIndex('unit_links_unit').on(t.contestId, t.unitId)],
  );
  /** "My unit is not here": what somebody wrote instead, until staff say which unit it is. */
  const unitRequests = w.table(
    'unit_requests',
    {
      contestId: w.int('contest_id').notNull(),
      personId: w.int('person_id').notNull(),
      text: w.text('text').notNull(),
      /** Equal for those who mean the same. */
      folded: w.ordered('folded').notNull(),
      /** open, mapped, dismissed. */
      state: w.text('state').notNull(),
      unitId: w.int('unit_id'),
      createdAt: w.int('created_at').notNull(),
      decidedAt: w.int('decided_at'),
      /** Why there is no such unit, as the person who asked reads it. */
      refusal: w.text('refusal'),
    },
    (t) => [
      w.primaryKey({ columns: [t.contestId, t.personId] }),
      w.index('unit_requests_text').on(t.contestId, t.state, t.folded),
    ],
  );
  /** A list of who should take part in a contest, as a file gave it. */
  const rosters = w.table(
    'rosters',
    {
      id: w.key('id'),
      uid: w.text('uid').notNull(),
      contestId: w.int('contest_id').notNull(),
      /** Whose list it is; null: members name their units themselves. */
      unitId: w.int('unit_id'),
      title: w.text('title').notNull(),
      createdBy: w.text('created_by').notNull(),
      createdAt: w.int('created_at').notNull(),
      matchedAt: w.int('matched_at'),
    },
    (t) => [w.uniqueIndex('rosters_uid').on(t.uid), w.index('rosters_contest').on(t.contestId)],
  );
  /** One line of a roster. Names and phones of people who may never come: gone with the roster. */
  const rosterMembers = w.table(
    'roster_members',
    {
      id: w.key('id'),
      rosterId: w.int('roster_id').notNull(),
      contestId: w.int('contest_id').notNull(),
      /** As in the file, from 1. */
      number: w.int('number').notNull(),
      name: w.text('name').notNull(),
      folded: w.ordered('folded').notNull(),
      sortKey: w.ordered('sort_key').notNull(),
      /** "yyyy-mm-dd". */
      birthDate: w.text('birth_date'),
      phoneCipher: w.text('phone_cipher'),
      phoneHash: w.text('phone_hash'),
      codeCipher: w.text('code_cipher').notNull(),
      codeHash: w.text('code_hash').notNull(),
      unitId: w.int('unit_id'),
      /** Who registered as this member; null: nobody that we know of. */
      personId: w.int('person_id'),
      /** How they were found: code, exact, staff; null while they are not. */
      found: w.text('found'),
    },
    (t) => [
      w.uniqueIndex('roster_members_number').on(t.rosterId, t.number),
      w.uniqueIndex('roster_members_code').on(t.contestId, t.codeHash),
      w.index('roster_members_unit').on(t.contestId, t.unitId),
      w.index('roster_members_person').on(t.personId),
    ],
  );
  /** Who may be a member of a roster, for staff to decide. */
  const rosterMatches = w.table(
    'roster_matches',
    {
      memberId: w.int('member_id').notNull(),
      personId: w.int('person_id').notNull(),
      rosterId: w.int('roster_id').notNull(),
      /** exact, likely, unsure. */
      grade: w.text('grade').notNull(),
      /** What speaks for it, as words of `match-rules.ts`, between spaces. */
      signs: w.text('signs').notNull(),
      /** open, confirmed, rejected. */
      state: w.text('state').notNull(),
    },
    (t) => [
      w.primaryKey({ columns: [t.memberId, t.personId] }),
      w.index('roster_matches_roster').on(t.rosterId, t.state),
    ],
  );
  return {
    unitPasts,
    unitHeadcounts,
    unitOfficers,
    unitLinks,
    unitRequests,
    rosters,
    rosterMembers,
    rosterMatches,
  };
}
