/** People, how they sign in, and the units that they belong to. */
import type { Vocabulary } from '../vocabulary.ts';

/** The tree of organisations. A unit that ended has `validUntil` and maybe a successor; results keep the unit of their time. */
export function defineUnits(w: Vocabulary) {
  const units = w.table(
    'units',
    {
      id: w.key('id'),
      uid: w.text('uid').notNull(),
      parentId: w.int('parent_id'),
      /** Short code of its own, as organisers write it in files; unique when given. */
      code: w.text('code'),
      name: w.text('name').notNull(),
      folded: w.ordered('folded').notNull(),
      sortKey: w.ordered('sort_key').notNull(),
      /** "khối": units compared with one another. */
      block: w.text('block'),
      /** Members, for rates; null when not known. */
      headcount: w.int('headcount'),
      validFrom: w.int('valid_from'),
      validUntil: w.int('valid_until'),
      successorId: w.int('successor_id'),
      createdAt: w.int('created_at').notNull(),
    },
    (t) => [
      w.uniqueIndex('units_uid').on(t.uid),
      w.uniqueIndex('units_code').on(t.code),
      w.index('units_parent').on(t.parentId),
      w.index('units_folded').on(t.folded),
    ],
  );
  return { units };
}

/** Accounts. Personal fields live here and nowhere else, so that erasing a person is one row. */
export function definePeople(w: Vocabulary) {
  const people = w.table(
    'people',
    {
      id: w.key('id'),
      uid: w.text('uid').notNull(),
      name: w.text('name').notNull(),
      folded: w.ordered('folded').notNull(),
      sortKey: w.ordered('sort_key').notNull(),
      /** "yyyy-mm-dd". */
      birthDate: w.text('birth_date'),
      unitId: w.int('unit_id'),
      /** official, citizen, student, soldier. */
      group: w.text('group'),
      title: w.text('title'),
      address: w.text('address'),
      phoneCipher: w.text('phone_cipher'),
      phoneHash: w.text('phone_hash'),
      emailCipher: w.text('email_cipher'),
      emailHash: w.text('email_hash'),
      citizenHash: w.text('citizen_hash'),
      citizenLast: w.text('citizen_last'),
      /** What was agreed to, by purpose: when, and which version of the text. */
      consents: w.json('consents').$type<Record<string, { readonly at: number; readonly version: number }>>(),
      /** A guest has no login, only a personal code for one contest. */
      guest: w.bool('guest').notNull(),
      /** Whose phone and password this person uses (a family with one phone); null: their own, or none. */
      householdId: w.int('household_id'),
      createdAt: w.int('created_at').notNull(),
      erasedAt: w.int('erased_at'),
    },
    (t) => [
      w.uniqueIndex('people_uid').on(t.uid),
      w.index('people_phone').on(t.phoneHash),
      w.index('people_citizen').on(t.citizenHash),
      w.index('people_folded').on(t.folded),
      w.index('people_unit').on(t.unitId),
      w.index('people_household').on(t.householdId),
    ],
  );
  /** What somebody may type to sign in: keyed hash of a phone, an e-mail or a user name. */
  const loginNames = w.table(
    'login_names',
    {
      nameHash: w.text('name_hash').primaryKey(),
      personId: w.int('person_id').notNull(),
      kind: w.text('kind').notNull(),
    },
    (t) => [w.index('login_names_person').on(t.personId)],
  );
  const logins = w.table('logins', {
    personId: w.key('person_id'),
    /** argon2id in PHC form. */
    passwordHash: w.text('password_hash').notNull(),
    passwordChangedAt: w.int('password_changed_at').notNull(),
    /** Keyed hash of the recovery code shown once. */
    recoveryHash: w.text('recovery_hash'),
    totpCipher: w.text('totp_cipher'),
    totpConfirmedAt: w.int('totp_confirmed_at'),
    /** Last accepted TOTP step: a code works once. */
    totpStep: w.int('totp_step'),
    userName: w.text('user_name'),
  });
  const roles = w.table(
    'roles',
    {
      personId: w.int('person_id').notNull(),
      /** organiser, editor, reviewer, admin; everybody is a citizen. */
      role: w.text('role').notNull(),
      grantedBy: w.int('granted_by'),
      grantedAt: w.int('granted_at').notNull(),
    },
    (t) => [w.primaryKey({ columns: [t.personId, t.role] })],
  );
  const sessions = w.table(
    'sessions',
    {
      /** SHA-256 of the opaque token, base64url. */
      tokenHash: w.text('token_hash').primaryKey(),
      uid: w.text('uid').notNull(),
      personId: w.int('person_id').notNull(),
      createdAt: w.int('created_at').notNull(),
      seenAt: w.int('seen_at').notNull(),
      expiresAt: w.int('expires_at').notNull(),
      /** Second factor given at, for staff. */
      elevatedAt: w.int('elevated_at'),
      device: w.text('device'),
    },
    (t) => [w.index('sessions_person').on(t.personId), w.index('sessions_expires').on(t.expiresAt)],
  );
  /** Codes that are given out once: first admin, password resets, guests' personal codes. Only keyed hashes are kept. */
  const codes = w.table(
    'codes',
    {
      codeHash: w.text('code_hash').primaryKey(),
      /** firstAdmin, reset, guest. */
      purpose: w.text('purpose').notNull(),
      personId: w.int('person_id'),
      contestId: w.int('contest_id'),
      createdBy: w.int('created_by'),
      createdAt: w.int('created_at').notNull(),
      expiresAt: w.int('expires_at'),
      usedAt: w.int('used_at'),
    },
    (t) => [w.index('codes_person').on(t.personId)],
  );
  /** Append-only, chained: each row's hash covers the row before. */
  const auditLog = w.table(
    'audit_log',
    {
      seq: w.key('seq'),
      at: w.int('at').notNull(),
      /** uid of who did it, or "system". Opaque on purpose: names can be erased. */
      actor: w.text('actor').notNull(),
      action: w.text('action').notNull(),
      subject: w.text('subject').notNull(),
      reason: w.text('reason'),
      details: w.json('details').$type<Record<string, unknown>>(),
      address: w.text('address'),
      hash: w.text('hash').notNull(),
    },
    (t) => [
      w.index('audit_subject').on(t.subject),
      w.index('audit_actor').on(t.actor),
      w.index('audit_action').on(t.action),
      w.index('audit_at').on(t.at),
    ],
  );
  return { people, loginNames, logins, roles, sessions, codes, auditLog };
}
