/** Entering a contest: what it asks and the account does not hold already, and consents one by one. */

import { ageOf, isDate } from '../account/birth-date.ts';
import { session } from '../account/session.svelte.ts';
import { clock } from '../api/clock.ts';
import {
  type ContestPage,
  contests,
  type EnterContest,
  type EntryReply,
  type Group,
} from '../api/contests.ts';
import { Loading } from '../api/loading.svelte.ts';
import { type Faults, Submission } from '../api/submission.svelte.ts';
import { newUid } from '../api/uid.ts';
import { type UnitOption, unitOf, unitOption } from '../api/units.ts';
import { account } from '../messages/account.ts';
import { entry as texts } from '../messages/entry.ts';
import { router } from '../router.svelte.ts';
import { askedFields, type FieldName } from './asked-fields.ts';

export class EntryModel {
  readonly slug: string;
  readonly page: Loading<ContestPage>;
  readonly own: Loading<EntryReply>;
  name = $state('');
  birthDate = $state('');
  phone = $state('');
  email = $state('');
  citizenId = $state('');
  address = $state('');
  title = $state('');
  group = $state<Group | ''>('');
  unit = $state<UnitOption | null>(null);
  /** "My unit is not here": its name in one's own words. */
  unitIsAbsent = $state(false);
  unitText = $state('');
  rosterCode = $state('');
  /** Ids of the consents that were ticked; none at first. */
  agreed = $state<Record<string, boolean>>({});
  /** What a guest must keep; null before, and for people with an account. */
  guest = $state.raw<{ readonly code: string; readonly link: string } | null>(null);
  /** For people under age: who agrees, with them, that the name is shown. */
  guardianAgrees = $state(false);
  guardianName = $state('');
  readonly submission = new Submission();

  constructor(slug: string) {
    this.slug = slug;
    this.page = new Loading((signal) => contests.page(slug, signal));
    this.own = new Loading((signal) => contests.entry(slug, signal));
  }

  async load(): Promise<void> {
    await Promise.all([this.page.load(), this.own.load(), this.#takeLink()]);
    const known = this.own.value?.known ?? null;
    if (known === null) return;
    this.address ||= known.address ?? '';
    this.title ||= known.title ?? '';
    this.group ||= known.group ?? '';
    if (known.unit !== null)
      this.unit ??= unitOption({ uid: known.unit.id, name: known.unit.name, path: [] });
  }

  get asked(): readonly FieldName[] {
    const page = this.page.value;
    return page === null ? [] : askedFields(page.fields, this.own.value?.known ?? null);
  }

  isOptional(name: FieldName): boolean {
    return this.page.value?.fields[name] === 'optional';
  }

  /** Whether a guardian is asked: by the date of birth that is typed or known. */
  get isMinor(): boolean {
    const born = this.birthDate || (this.own.value?.known?.birthDate ?? '');
    const under = this.page.value?.guardian.under;
    return under !== undefined && isDate(born) && ageOf(born, clock.now()) < under;
  }

  /** What the contest asks and the account holds, to be seen before it is handed over. */
  get known(): { readonly name: string; readonly value: string }[] {
    const known = this.own.value?.known ?? null;
    const fields = this.page.value?.fields;
    if (known === null || fields === undefined) return [];
    const facts = [
      { field: 'phone', name: account.phone, value: known.phone },
      { field: 'email', name: account.email, value: known.email },
      {
        field: 'birthDate',
        name: account.birthDate,
        value: known.birthDate?.split('-').reverse().join('/') ?? null,
      },
      {
        field: 'citizenId',
        name: account.citizenId,
        value: known.citizenId === null ? null : `•••• ${known.citizenId}`,
      },
    ] as const;
    return facts.flatMap(({ field, name, value }) =>
      fields[field] === 'no' || value === null ? [] : [{ name, value }],
    );
  }

  /** Of a guest's entry: sent again after a lost reply it is the same guest. */
  readonly #key = newUid();

  /** Sends it. The reply, or null when it was refused. */
  async submit(): Promise<EntryReply | null> {
    const done = await this.submission.run(() => contests.enter(this.slug, this.#body()), this.#faults());
    if (done === null) return null;
    this.guest = done.reply.guest;
    if (done.reply.guest !== null) await session.load();
    return done.reply;
  }

  turnUnit(): void {
    this.unitIsAbsent = !this.unitIsAbsent;
    if (this.unitIsAbsent) this.unit = null;
    else this.unitText = '';
  }

  /** A unit's link or poster has it in the address; one that is not there any more is left to be chosen. */
  async #takeLink(): Promise<void> {
    const uid = router.url.searchParams.get('don-vi');
    if (uid === null || this.unit !== null) return;
    const linked = await unitOf(uid, new AbortController().signal).catch(() => null);
    this.unit ??= linked;
  }

  #text(name: FieldName): string {
    if (name === 'unit') return this.unitIsAbsent ? '' : (this.unit?.id ?? '');
    return this[name].trim();
  }

  #body(): EnterContest {
    const given = this.asked.map((name) => [name, this.#text(name)]).filter(([, text]) => text !== '');
    const consents = (this.page.value?.consents ?? [])
      .filter(({ id }) => this.agreed[id] === true)
      .map(({ id, version }) => ({ id, version }));
    const name = session.person === null ? { name: this.name.trim(), key: this.#key } : {};
    return {
      ...name,
      ...Object.fromEntries(given),
      ...(this.unitIsAbsent && this.unitText.trim() !== '' ? { unitText: this.unitText.trim() } : {}),
      ...(this.rosterCode.trim() === '' ? {} : { rosterCode: this.rosterCode.trim() }),
      consents,
      ...this.#guardian(),
    };
  }

  #guardian(): Pick<EnterContest, 'guardian'> {
    const page = this.page.value;
    if (page === null || !this.isMinor || !this.guardianAgrees) return {};
    return { guardian: { name: this.guardianName.trim(), version: page.guardian.version } };
  }

  #faults(): Faults {
    const faults: Record<string, (() => string) | undefined> = {};
    if (session.person === null && this.name.trim() === '') faults.name = () => texts.nameMissing;
    for (const name of this.asked) {
      const isWritten = name === 'unit' && this.unitIsAbsent && this.unitText.trim() !== '';
      if (!this.isOptional(name) && !isWritten && this.#text(name) === '') faults[name] = () => texts.missing;
    }
    if (this.isMinor && this.guardianAgrees && this.guardianName.trim() === '')
      faults['guardian.name'] = () => texts.guardianNameMissing;
    if (this.birthDate !== '' && !isDate(this.birthDate)) faults.birthDate = () => account.birthDateWrong;
    for (const { id, required } of this.page.value?.consents ?? []) {
      if (required && this.agreed[id] !== true) faults[`consents.${id}`] = () => texts.consentMissing;
    }
    return faults;
  }
}
